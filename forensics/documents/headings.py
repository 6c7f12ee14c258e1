"""The names of sections in German, French, Spanish, Italian, Portuguese and Dutch, without accents."""

from __future__ import annotations

OTHER_LANGUAGES: dict[str, str] = {
    "header": "kontakt|kontaktdaten|personliche daten|personliche angaben|zur person|lebenslauf|angaben zur person|"
    "coordonnees|informations personnelles|etat civil|renseignements personnels|donnees personnelles|"
    "contacto|datos personales|datos de contacto|informacion personal|informacion de contacto|curriculum|"
    "contatti|dati personali|informazioni personali|dati anagrafici|recapiti|"
    "contato|contatos|dados pessoais|informacoes pessoais|informacao pessoal|dados de contato|"
    "persoonsgegevens|persoonlijke gegevens|contactgegevens|personalia|persoonlijke informatie",
    "summary": "profil|kurzprofil|uber mich|zusammenfassung|berufliches profil|personliches profil|berufsziel|"
    "qualifikationsprofil|kurzvorstellung|profil professionnel|a propos|a propos de moi|resume professionnel|"
    "objectif|objectif professionnel|presentation|synthese|perfil|perfil profesional|resumen|"
    "resumen profesional|sobre mi|acerca de mi|objetivo|objetivo profesional|extracto|"
    "profilo|profilo professionale|profilo personale|chi sono|sommario|obiettivo|obiettivo professionale|presentazione|"
    "perfil profissional|resumo|resumo profissional|sobre mim|objetivo profissional|objetivos|apresentacao|"
    "sumario|profiel|persoonlijk profiel|samenvatting|over mij|profielschets|wie ben ik",
    "experience": "berufserfahrung|berufserfahrungen|beruflicher werdegang|berufspraxis|arbeitserfahrung|werdegang|"
    "berufliche erfahrung|berufliche erfahrungen|berufliche stationen|praktische erfahrung|"
    "praktische erfahrungen|berufstatigkeit|berufliche tatigkeit|berufliche tatigkeiten|praktika|praktikum|"
    "beruflicher lebenslauf|beschaftigungsverhaltnisse|anstellungen|berufsweg|erfahrung|erfahrungen|"
    "nebentatigkeiten|ehrenamt|ehrenamtliches engagement|ehrenamtliche tatigkeiten|"
    "experience professionnelle|experiences professionnelles|parcours professionnel|emplois|stages|"
    "experiences|carriere|parcours|historique professionnel|antecedents professionnels|emplois occupes|benevolat|"
    "experiencia|experiencias|experiencia laboral|experiencia profesional|experiencia de trabajo|historial laboral|"
    "trayectoria profesional|trayectoria laboral|trayectoria|empleo|historia laboral|"
    "practicas|practicas profesionales|voluntariado|"
    "antecedentes laborales|experiencias laborales|experiencias profesionales|"
    "esperienza|esperienze|esperienza professionale|esperienze professionali|esperienza lavorativa|"
    "esperienze lavorative|esperienze di lavoro|carriera|percorso professionale|tirocini|stage|volontariato|"
    "experiencia profissional|experiencias profissionais|historico profissional|percurso profissional|"
    "experiencia de trabalho|carreira|atuacao profissional|trajetoria profissional|estagios|"
    "werkervaring|ervaring|arbeidsverleden|loopbaan|professionele ervaring|relevante werkervaring|"
    "beroepservaring|vrijwilligerswerk",
    "education": "ausbildung|bildung|bildungsweg|studium|schulbildung|akademischer werdegang|hochschulbildung|"
    "schulische ausbildung|schule|akademische ausbildung|ausbildung und studium|berufsausbildung|"
    "schulischer werdegang|weiterbildung|weiterbildungen|fortbildung|fortbildungen|studium und ausbildung|"
    "aus und weiterbildung|universitare ausbildung|bildungsgang|schulausbildung|fort und weiterbildung|"
    "formation|formations|etudes|formation academique|parcours scolaire|scolarite|cursus|parcours academique|diplomes|"
    "formation initiale|formations et diplomes|diplomes et formations|cursus scolaire|cursus universitaire|"
    "formacion|formacion academica|educacion|estudios|estudios realizados|antecedentes academicos|"
    "estudios academicos|formacion complementaria|historial academico|titulacion|titulaciones|"
    "istruzione|formazione|istruzione e formazione|formazione accademica|studi|titoli di studio|percorso formativo|"
    "titolo di studio|percorso di studi|educazione|"
    "educacao|formacao|formacao academica|escolaridade|habilitacoes|habilitacoes academicas|habilitacoes literarias|"
    "educacao e formacao|historico academico|cursos|cursos complementares|formacao complementar|estudos|"
    "opleiding|opleidingen|studie|scholing|onderwijs|cursussen|opleidingen en cursussen|studies",
    "skills": "kenntnisse|fahigkeiten|kompetenzen|edv kenntnisse|it kenntnisse|sprachkenntnisse|sprachen|"
    "fachkenntnisse|technische kenntnisse|besondere kenntnisse|qualifikationen|fachliche kompetenzen|"
    "weitere kenntnisse|technologien|zusatzqualifikationen|programmiersprachen|kernkompetenzen|"
    "kenntnisse und fahigkeiten|fahigkeiten und kenntnisse|softwarekenntnisse|computerkenntnisse|"
    "competences|competences techniques|langues|competences cles|competences professionnelles|"
    "competences informatiques|informatique|savoir faire|savoir etre|logiciels|outils|atouts|"
    "connaissances|connaissances informatiques|connaissances techniques|competences linguistiques|"
    "habilidades|competencias|idiomas|aptitudes|conocimientos|conocimientos tecnicos|informatica|"
    "habilidades tecnicas|destrezas|conocimientos informaticos|herramientas|tecnologias|capacidades|"
    "competenze|capacita|lingue|competenze tecniche|competenze informatiche|competenze linguistiche|"
    "conoscenze informatiche|conoscenze linguistiche|competenze digitali|capacita e competenze|lingue straniere|"
    "competenze professionali|abilita|"
    "habilidades e competencias|competencias tecnicas|conhecimentos|conhecimentos tecnicos|linguas|"
    "conhecimentos de informatica|ferramentas|qualificacoes|"
    "vaardigheden|talen|competenties|talenkennis|computervaardigheden|kennis en vaardigheden|kennis|"
    "technische vaardigheden|computerkennis|kwaliteiten",
    "projects": "projekte|projekterfahrung|ausgewahlte projekte|eigene projekte|projektliste|forschung|"
    "projets|projets personnels|projets academiques|realisations|proyectos|proyectos personales|"
    "progetti|progetti personali|projetos|projetos pessoais|projecten|persoonlijke projecten",
    "certifications": "zertifikate|zertifizierungen|zertifikate und lizenzen|lizenzen|lizenzen und zertifikate|"
    "certificats|certificaciones|certificados|certificazioni|certificacoes|certificaten|certificeringen|"
    "licencias y certificaciones|cursos y certificaciones|attestati|habilitations",
    "publications": "publikationen|veroffentlichungen|vortrage|publicaciones|pubblicazioni|publicacoes|publicaties|"
    "brevets|patente|patentes",
    "references": "referenzen|referencias|referenze|referenties|recommandations",
    "other": "interessen|hobbys|hobbies und interessen|auszeichnungen|sonstiges|mitgliedschaften|engagement|"
    "freizeit|hobbys und interessen|ehrungen|stipendien|preise und auszeichnungen|"
    "loisirs|centres d interet|distinctions|divers|centres d interets|prix et distinctions|activites|"
    "intereses|aficiones|otros datos|premios|reconocimientos|informacion adicional|datos adicionales|logros|"
    "interessi|riconoscimenti|altro|premi|interessi personali|ulteriori informazioni|"
    "interesses|informacoes adicionais|informacoes complementares|premiacoes|atividades|"
    "interesses pessoais|nevenactiviteiten|nevenfuncties|overig|overige|prijzen",
}  # fmt: skip
"""Section → the names of its headings, parted by bars, case folded and without accents, "&" as "and"."""

AND = frozenset({"and", "und", "et", "y", "e", "en", "ed"})
"""Between two names of sections in one heading: "Ausbildung und Studium"."""
