"""Skills and certificates are read where they are listed, certificates by their name elsewhere too."""

from written import texts

TOP = "Jane Doe\njane@example.com\n\n"


def test_the_items_of_a_list_of_skills():
    text = (
        TOP + "SKILLS\nLanguages: Python (expert), C++, Go | SQL\n• Node.js; Kubernetes\n"
        "I like to keep things simple at all times.\n"
    )
    assert texts(text, "SKILL") == ["Python", "C++", "Go", "SQL", "Node.js", "Kubernetes"]


def test_certificates():
    text = TOP + (
        "SUMMARY\nAWS Certified Solutions Architect who also holds a CISSP.\n\n"
        "CERTIFICATIONS\n• Certified Kubernetes Administrator (2025)\nOracle Certified Professional, 2018\n"
    )
    assert texts(text, "CERTIFICATION") == [
        "AWS Certified Solutions Architect",
        "CISSP",
        "Certified Kubernetes Administrator",
        "Oracle Certified Professional",
    ]


def test_prose_is_no_skill():
    assert texts(TOP + "SUMMARY\nI write Python, Go and SQL.\n", "SKILL") == []
