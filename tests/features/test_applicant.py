import pytest
from written import document, person

from forensics.features.applicant import applicant
from forensics.features.entities import find_entities

BODY = """
EXPERIENCE
Brightwater Systems, Inc. — Software Engineer, Jan 2019 – Present
• Built the billing service

EDUCATION
B.S. in Computer Science, Northfield University, 2014
"""

HEADERS = {
    "plain": ("Jane Doe\njane.doe@example.com | (212) 555-0132", "Jane Doe"),
    "capitals": ("JANE DOE\n212-555-0132", "Jane Doe"),
    "letter-spaced": ("J A N E   D O E\njane@example.com", "Jane Doe"),
    "letter-spaced single blanks": ("J A N E D O E\njane.doe@example.com", "Jane Doe"),
    "letter-spaced two lines": ("J A N E\nD O E\njane.doe@example.com", "Jane Doe"),
    "two lines": ("JANE\nDOE\nSoftware Engineer\njane@example.com", "Jane Doe"),
    "two lines title case": ("Jane\nDoe\njdoe@example.com\n", "Jane Doe"),
    "label": ("RESUME\nName: Jane Doe\nAddress: 12 Main Street\nPhone: 212-555-0132", "Jane Doe"),
    "resume of": ("Résumé of Jane Doe\njane@example.com", "Jane Doe"),
    "curriculum vitae above": ("CURRICULUM VITAE\n\nJane Doe\njane@example.com", "Jane Doe"),
    "curriculum vitae behind": ("Jane Doe - Curriculum Vitae\njane@example.com", "Jane Doe"),
    "possessive": ("Jane Doe's Resume\njane@example.com", "Jane Doe"),
    "credentials": ("Jane Doe, PMP, M.Sc.\njane@example.com", "Jane Doe"),
    "credentials bare": ("Jane Doe MBA PMP\njane@example.com", "Jane Doe"),
    "honorific": ("Dr. Jane Doe\njane@example.com", "Jane Doe"),
    "middle initial that is a word": (
        "# Julie A. Hughes\nWriter\n12 Park Rd\njulie537@example.com",
        "Julie A. Hughes",
    ),
    "given name that is a word": ("My Tran\nWriter\nmtran@example.com", "My Tran"),
    "middle initial": ("Jane Q. Doe\njane@example.com", "Jane Q. Doe"),
    "title on the line": ("Jane Doe | Senior Software Engineer\njane@example.com", "Jane Doe"),
    "title on the line, dash": ("Jane Doe – Data Analyst\njane@example.com", "Jane Doe"),
    "title on the line, blank": ("Jane Doe Senior Software Engineer\njane@example.com", "Jane Doe"),
    "contacts on the line": ("Jane Doe jane@example.com 212-555-0132", "Jane Doe"),
    "contacts behind a tab": ("Jane Doe\tjane@example.com\n12 Main Street\t212-555-0132", "Jane Doe"),
    "title first": ("Senior Software Engineer\nJane Doe\njane@example.com", "Jane Doe"),
    "contacts first": (
        "jane@example.com | 212-555-0132\nNew York, NY\nJane Doe\nSoftware Engineer",
        "Jane Doe",
    ),
    "city first": ("San Francisco\njane.doe@example.com\nJane Doe", "Jane Doe"),
    "comma": ("Doe, Jane\njane.doe@example.com", "Jane Doe"),
    "nickname": ('Robert "Bob" Stone\nrstone@example.com', "Robert Stone"),
    "nickname in brackets": ("Minjun (Michael) Kim\nminjun.kim@example.com", "Minjun Kim"),
    "hyphen": ("Kim Min-jun\nSeoul, South Korea\n+82 10-5550-0132", "Kim Min-jun"),
    "apostrophe": ("Siobhan O’Malley\nDublin, Ireland\nsiobhan@example.com", "Siobhan O’Malley"),
    "particles": ("Pieter van der Hoeven\nUtrecht, Netherlands\npieter@example.com", "Pieter van der Hoeven"),
    "particles capitals": ("MARIA DE LA CRUZ\nmdelacruz@example.com", "Maria de la Cruz"),
    "accents": ("Łukasz Żółkiewski\nKraków, Poland\nlukasz@example.com", "Łukasz Żółkiewski"),
    "umlaut": ("Jürgen Müßig\nMünchen\n+49 89 5550132", "Jürgen Müßig"),
    "indian": (
        "VENKATA SAI KRISHNA REDDY\nHyderabad, India\nsai.reddy@example.com",
        "Venkata Sai Krishna Reddy",
    ),
    "indian initial": ("S. Ramanathan\nChennai\nramanathan.s@example.com", "S. Ramanathan"),
    "mononym with address": ("Suresh\nsuresh@example.com\nPune, India", "Suresh"),
    "hangul": ("김민준\n서울\nminjun@example.com", "김민준"),
    "lower case design": ("jane doe\njane.doe@example.com", "Jane Doe"),
    "uk": (
        "Curriculum Vitae\nOliver Hartley-Brooks\n14 Elm Grove, Leeds LS1 4AB\n07700 900123",
        "Oliver Hartley-Brooks",
    ),
    "surname is a word": ("Danielle Steele\nBaker\ndanielle.steele@example.com", "Danielle Steele"),
    "surname is a title noun": ("Grace Manager\ngrace.manager@example.com", "Grace Manager"),
    "surname is a city": ("Jordan Austin\njordan.austin@example.com", "Jordan Austin"),
    "agency above": (
        "Bluepeak Staffing | 212-555-0150 | jobs@bluepeak.example\n\nJane Doe\njane@example.com",
        "Jane Doe",
    ),
    "junior": ("John Stone Jr.\njohn.stone@example.com", "John Stone"),
    "bullet separators": ("Jane Doe • Austin, TX • jane@example.com", "Jane Doe"),
    "markdown": ("# Jane Doe\n\njane@example.com", "Jane Doe"),
    "candidate label": (
        "CONFIDENTIAL\nCandidate: Jane Doe\nPresented by: Northbank Recruitment Ltd",
        "Jane Doe",
    ),
    "no contacts but a title": ("Jane Doe\nSoftware Engineer", "Jane Doe"),
}

NOBODY = {
    "title that begins like a name": "Accounts Payable Specialist\n212-555-0132\nAccounts Payable Specialist\n",
    "title only": "Senior Software Engineer\n555-0132",
    "section only": "Professional Summary\nEngineer with ten years of work.",
    "city": "New York\n212-555-0132",
    "company": "Brightwater Technologies Inc.\ninfo@brightwater.example",
    "sentence": "I am an engineer who builds things\njobs@example.com",
    "skills": "Python Java\nDocker, Kubernetes\n212-555-0132",
    "job title in capitals": "FULL STACK DEVELOPER\n212-555-0132\nAustin, TX",
    "article": "The Quiet River\nLong ago a river ran through the valley.",
    "department": "Human Resources\nhr@example.com",
}


@pytest.mark.parametrize("case", HEADERS)
def test_the_name_in_a_header(case):
    text, name = HEADERS[case]
    assert person(text + "\n" + BODY).name == name


@pytest.mark.parametrize("case", NOBODY)
def test_no_name_where_none_is_sure(case):
    assert person(NOBODY[case] + "\n" + BODY).name is None


def test_the_largest_print_is_the_name_even_below_a_side_bar():
    text = (
        "CONTACT\nnew.address@example.com\n212-555-0132\nSKILLS\nPython\nSQL\nJane Doe\nSoftware Engineer"
        + BODY
    )
    assert person(text, heights={6: 26.0}).name == "Jane Doe"


LETTERS = {
    "header": (
        "Jane Doe\n12 Main Street, Springfield, IL 62701\njane@example.com\n\nMarch 3, 2024\n\nKaren "
        "Hall\nHiring Manager\n"
        "Brightwater Systems\n\nDear Ms. Hall,\n\nI am writing to apply.\n\nSincerely,\nJane Doe"
    ),
    "signature only": (
        "March 3, 2024\n\nDear Hiring Manager,\n\nI am writing to apply.\n\nKind regards,\n\nJane "
        "Doe\n212-555-0132"
    ),
    "addressee first": (
        "Karen Hall\nHiring Manager\nBrightwater Systems\n400 Lake Street\n\nDear Karen Hall,\n\nI am "
        "writing to apply.\n\n"
        "Sincerely yours,\nJane Doe"
    ),
    "one block": (
        "Karen Hall\nBrightwater Systems Inc.\n\nDear Ms. Hall:\nI am writing.\nBest regards, Jane Doe"
    ),
    "no blank lines": (
        "Jane Doe\njane@example.com\nMarch 3, 2024\nKaren Hall\nBrightwater Systems\nDear Ms. Hall,\nI am "
        "writing.\nRegards,\nJane Doe"
    ),
}


@pytest.mark.parametrize("case", LETTERS)
def test_a_letter_is_by_its_sender_not_its_addressee(case):
    assert person(LETTERS[case], kind="cover_letter").name == "Jane Doe"


def test_contacts_of_the_header_are_the_applicants():
    found = person(
        "Jane Doe\n12 Main St, Springfield, IL 62701-1234\nM: (212) 555-0132 | jane.doe@example.com\n"
        "linkedin.com/in/jane-doe-123 | github.com/janedoe | janedoe.dev" + BODY
    )
    assert found.emails == ("jane.doe@example.com",)
    assert found.phones == ("+12125550132",)
    assert found.handles == ("linkedin.com/in/jane-doe-123", "github.com/janedoe", "janedoe.dev")


def test_contacts_under_a_contact_heading_are_the_applicants():
    found = person("Jane Doe\nSoftware Engineer" + BODY + "\nCONTACT\n212-555-0132\njdoe@example.com\n")
    assert found.emails == ("jdoe@example.com",)
    assert found.phones == ("+12125550132",)


OTHERS = {
    "references": "\nREFERENCES\nBob Stone, Director, 415-555-0155, bob.stone@example.org\n",
    "referee elsewhere": (
        "\nADDITIONAL INFORMATION\nSupervisor: Bob Stone 415-555-0155 bob.stone@example.org\n"
    ),
    "reference line": "\nReference: Bob Stone\n415-555-0155\nbob.stone@example.org\n",
    "project": "\nPROJECTS\nQueue tool, https://github.com/brightwater/queue and www.queue-tool.example\n",
    "job contact": (
        "\nEXPERIENCE\nBrightwater, 2012 - 2014\nCall 415-555-0155 or write info@brightwater.example\n"
    ),
}


@pytest.mark.parametrize("case", OTHERS)
def test_contacts_of_others_are_not_the_applicants(case):
    found = person("Jane Doe\njane@example.com | 212-555-0132" + BODY + OTHERS[case])
    assert found.emails == ("jane@example.com",)
    assert found.phones == ("+12125550132",)
    assert found.handles == ()


AGENCIES = {
    "letterhead": (
        "Bluepeak Staffing\n212-555-0150 | jobs@bluepeak.example | www.bluepeak.example\n\nJane "
        "Doe\njane@example.com"
    ),
    "letterhead of no known form": (
        "Nichols & Webb\nTel 212-555-0150 | nichols@webb.example\n\nJane Doe\nWriter\njane@example.com"
    ),
    "letterhead in one block": (
        "Bluepeak Recruitment | 212-555-0150 | info@bluepeak.example\nJane Doe\njane@example.com"
    ),
    "represented by": (
        "Jane Doe\njane@example.com\n\nRepresented by Bluepeak Partners\nCarl Reed, 212-555-0150, "
        "carl@bluepeak.example"
    ),
    "please contact": (
        "Jane Doe\njane@example.com\nTo arrange an interview contact our office: 212-555-0150, "
        "cv@bluepeak.example"
    ),
    "recruiter line": (
        "Jane Doe\njane@example.com\nRecruiter: Carl Reed 212-555-0150 carl.reed@bluepeak.example"
    ),
    "consultant's address": "Jane Doe\njane.doe@example.com\ncarl.reed@bluepeak.example",
    "role address": "Jane Doe\njane@example.com\ncandidates@bluepeak.example",
}


@pytest.mark.parametrize("case", AGENCIES)
def test_contacts_of_an_agency_are_not_the_applicants(case):
    found = person(AGENCIES[case] + "\n" + BODY)
    assert found.emails in {("jane@example.com",), ("jane.doe@example.com",)}
    assert found.phones == ()
    assert found.handles == ()
    assert found.name == "Jane Doe"


def test_a_recruiter_who_applies_keeps_their_own_contacts():
    found = person("Jane Doe\nTechnical Recruiter\njane.doe@example.com | 212-555-0132\n" + BODY)
    assert found.emails == ("jane.doe@example.com",)
    assert found.phones == ("+12125550132",)


def test_contact_me_addresses_belong_to_whoever_owns_the_domain():
    assert person("Jane Doe\nhello@janedoe.example\n" + BODY).emails == ("hello@janedoe.example",)
    assert person("Jane Doe\nhello@bluepeak.example\n" + BODY).emails == ()


def test_letters_claim_head_and_signature_but_not_the_addressee():
    found = person(
        "Jane Doe\njane@example.com\n\nMarch 3, 2024\n\nKaren Hall\nHiring Manager\nBrightwater Systems\n"
        "karen.hall@brightwater.example | 415-555-0155\n\nDear Ms. Hall,\n\nI spoke with Bob "
        "(bob@brightwater.example) "
        "about the role.\nPlease call me at 212-555-0133.\n\nSincerely,\nJane Doe\n212-555-0132",
        kind="cover_letter",
    )
    assert found.emails == ("jane@example.com",)
    assert found.phones == ("+12125550133", "+12125550132")


def test_an_impossible_number_identifies_nobody():
    found = person("Jane Doe\njane@example.com | (123) 456-7890" + BODY)
    assert found.phones == ()
    made = find_entities(document("Jane Doe\njane@example.com | (123) 456-7890" + BODY))
    assert [e.value for e in made if e.label == "PHONE"] == ["+11234567890"]


def test_links_of_the_file_are_read_where_the_text_shows_none():
    text = "Jane Doe\nLinkedIn | GitHub | Email" + BODY
    links = [
        "https://www.linkedin.com/in/jane-doe/",
        "https://github.com/janedoe",
        "mailto:jane.doe@example.com",
    ]
    found = person(text, links=links)
    assert found.emails == ("jane.doe@example.com",)
    assert found.handles == ("linkedin.com/in/jane-doe", "github.com/janedoe")


def test_a_template_authors_link_does_not_stand_beside_written_addresses():
    text = "Jane Doe\njane@example.com | linkedin.com/in/jane-doe" + BODY
    found = person(
        text, links=["mailto:template.author@example.org", "https://linkedin.com/in/template-author"]
    )
    assert found.emails == ("jane@example.com",)
    assert found.handles == ("linkedin.com/in/jane-doe",)


def test_project_links_are_no_handles():
    found = person(
        "Jane Doe\njane@example.com" + BODY, links=["https://github.com/org/project", "https://example.com/a"]
    )
    assert found.handles == ()


def test_a_document_without_anything_has_no_applicant():
    made = document("Once upon a time there was a river.")
    found = applicant(made, find_entities(made))
    assert (found.name, found.emails, found.phones, found.handles) == (None, (), (), ())


INDIAN = """RAJESH KUMAR SHARMA
Mobile: +91-98765-43210 | E-mail: rajesh.sharma@example.com
H.No 12-3/45, Lake View Colony, Hyderabad - 500034

PROFESSIONAL EXPERIENCE
Organization: Nimbus Infotech Pvt Ltd, Hyderabad
Designation: Senior Software Engineer
Duration: June 2018 to Till Date

PERSONAL DETAILS
Father's Name: Suresh Sharma
Date of Birth: 12/05/1992

DECLARATION
Place: Hyderabad
(RAJESH KUMAR SHARMA)
"""

GERMAN = """Lebenslauf

Persönliche Daten
Name: Jürgen Müßig
Anschrift: Hauptstraße 12, 80331 München
Telefon: 089 5550132
E-Mail: j.muessig@example.de

Berufserfahrung
03/2019 – heute   Softwareentwickler, Nordlicht GmbH, München
"""

BRITISH = """OLIVER HARTLEY
14 Elm Grove, Leeds, LS1 4AB | 07700 900123 | oliver.hartley@example.co.uk

REFEREES
Dr Helen Ward, Director, Pennine Foods plc
helen.ward@example.org, 0113 496 0123
"""


@pytest.mark.parametrize(
    ("text", "name", "email", "phone"),
    [
        (INDIAN, "Rajesh Kumar Sharma", "rajesh.sharma@example.com", "+919876543210"),
        (GERMAN, "Jürgen Müßig", "j.muessig@example.de", "+49895550132"),
        (BRITISH, "Oliver Hartley", "oliver.hartley@example.co.uk", "+447700900123"),
    ],
)
def test_headers_of_other_countries(text, name, email, phone):
    found = person(text)
    assert (found.name, found.emails, found.phones) == (name, (email,), (phone,))


def test_a_number_without_country_is_read_where_the_header_says():
    assert person("Jane Doe\nAustin, TX\njane@example.com\n(212) 555-0132").phones == ("+12125550132",)
    assert person("Jane Doe\nPune, India\njane@example.com\n98765 43210").phones == ("+919876543210",)


def test_contacts_above_the_name_are_the_applicants_where_nobody_else_is_named():
    found = person("Tel: 212-555-0132\n\nJane Doe\nWriter\njane@example.com\n" + BODY)
    assert found.phones == ("+12125550132",)
