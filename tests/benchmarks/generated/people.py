"""Who applies: name, contacts, home. Contacts are from ranges that belong to nobody.

Phones are 555-0100 to 555-0199 under real area codes, one line to one person; e-mail and web addresses are
under example.com, .org and .net. Names are common given and family names combined at random.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from .seeds import dice

GIVEN = """
James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph
Jessica Thomas Sarah Charles Karen Christopher Lisa Daniel Nancy Matthew Betty Anthony Sandra Mark Margaret
Donald Ashley Steven Kimberly Andrew Emily Paul Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Melissa
George Deborah Timothy Stephanie Ronald Rebecca Jason Laura Edward Helen Jeffrey Sharon Ryan Cynthia Jacob
Kathleen Gary Amy Nicholas Angela Eric Shirley Jonathan Anna Stephen Ruth Larry Brenda Justin Pamela Scott
Nicole Brandon Katherine Benjamin Samantha Samuel Christine Gregory Emma Alexander Catherine Patrick Virginia
Frank Rachel Raymond Janet Jack Maria Dennis Heather Tyler Diane Aaron Julie Jose Joyce Adam Victoria Nathan
Kelly Henry Christina Zachary Joan Douglas Evelyn Peter Lauren Kyle Judith Noah Olivia Ethan Megan Jeremy
Andrea Walter Cheryl Christian Hannah Keith Jacqueline Roger Martha Austin Gloria Terry Teresa Sean Ann Gerald
Sara Carl Madison Dylan Frances Harold Kathryn Jordan Janice Jesse Jean Bryan Alice Lawrence Abigail Arthur Sofia
Gabriel Grace Bruce Denise Logan Amber Billy Doris Joe Marilyn Alan Danielle Juan Beverly Wei Li Min Jing Hao Yan
Priya Rahul Anjali Arjun Deepa Sanjay Kavita Vikram Neha Rohan Meera Amit Fatima Omar Aisha Hassan Layla Yusuf
Amina Karim Nadia Ali Ngozi Chidi Amara Kwame Abena Tunde Zanele Thabo Ingrid Lars Sven Astrid Piotr Agnieszka
Marek Katarzyna Ivan Olga Dmitri Natalia Giulia Marco Francesca Luca Pierre Camille Luc Elise Carlos Lucia Diego
Carmen Javier Pilar Mateus Beatriz Rafael Ines Minh Linh Thu Hiroshi Yuki Kenji Sakura Jiho Minseo Hyun Soyeon
Andrei Elena Mihai Ioana Zoltan Eszter Jakub Tereza Emre Zeynep Nikos Eleni Tomas Rasa Oleksandr Iryna Dawit Selam
""".split()

FAMILY = """
Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson
Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker
Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell
Carter Roberts Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy
Cook Rogers Gutierrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward Richardson Watson
Brooks Chavez Wood James Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Patel Myers Long Ross
Foster Jimenez Powell Jenkins Perry Russell Sullivan Bell Coleman Butler Henderson Barnes Gonzales Fisher Vasquez
Simmons Romero Jordan Patterson Alexander Hamilton Graham Reynolds Griffin Wallace Moreno West Cole Hayes Bryant
Herrera Gibson Ellis Tran Medina Aguilar Stevens Murray Ford Castro Marshall Owens Harrison Fernandez McDonald
Woods Washington Kennedy Wells Vargas Henry Chen Freeman Webb Tucker Guzman Burns Crawford Olson Simpson Porter
Hunter Gordon Mendez Silva Shaw Snyder Mason Dixon Munoz Hunt Hicks Holmes Palmer Wagner Black Robertson Boyd Rose
Stone Salazar Fox Warren Mills Meyer Rice Schmidt Garza Daniels Ferguson Nichols Stephens Soto Weaver Ryan Gardner
Payne Grant Dunn Kelley Spencer Hawkins Arnold Pierce Hansen Peters Santos Hart Bradley Knight Elliott Cunningham
Sharma Gupta Reddy Iyer Nair Khan Ahmed Hussain Okafor Mensah Adeyemi Dlamini Johansson Lindqvist Nowak Kowalski
Petrov Ivanova Rossi Bianchi Dubois Moreau Oliveira Costa Tanaka Suzuki Park Choi Popescu Nagy Novak Yilmaz
Papadopoulos Kazlauskas Shevchenko Tesfaye Zhang Wang Liu Zhao Huang Pham Hoang Vo
""".split()

CITIES = [
    tuple(line.split("|"))
    for line in """
New York|NY|10016|212;Brooklyn|NY|11215|718;Buffalo|NY|14202|716;Rochester|NY|14607|585;Boston|MA|02116|617
Worcester|MA|01608|508;Providence|RI|02903|401;Hartford|CT|06103|860;Newark|NJ|07102|973;Philadelphia|PA|19103|215
Pittsburgh|PA|15222|412;Baltimore|MD|21201|410;Washington|DC|20005|202;Richmond|VA|23220|804;Norfolk|VA|23510|757
Raleigh|NC|27601|919;Charlotte|NC|28202|704;Charleston|SC|29401|843;Atlanta|GA|30309|404;Savannah|GA|31401|912
Jacksonville|FL|32202|904;Orlando|FL|32801|407;Tampa|FL|33602|813;Miami|FL|33131|305;Birmingham|AL|35203|205
Nashville|TN|37203|615;Memphis|TN|38103|901;Louisville|KY|40202|502;Cincinnati|OH|45202|513;Columbus|OH|43215|614
Cleveland|OH|44113|216;Detroit|MI|48226|313;Grand Rapids|MI|49503|616;Indianapolis|IN|46204|317;Chicago|IL|60614|312
Peoria|IL|61602|309;Milwaukee|WI|53202|414;Madison|WI|53703|608;Minneapolis|MN|55401|612;St. Paul|MN|55102|651
Des Moines|IA|50309|515;St. Louis|MO|63103|314;Kansas City|MO|64105|816;Omaha|NE|68102|402;Tulsa|OK|74103|918
Oklahoma City|OK|73102|405;Dallas|TX|75201|214;Fort Worth|TX|76102|817;Austin|TX|78701|512;Houston|TX|77002|713
San Antonio|TX|78205|210;El Paso|TX|79901|915;Albuquerque|NM|87102|505;Denver|CO|80202|303;Boulder|CO|80302|720
Salt Lake City|UT|84101|801;Boise|ID|83702|208;Phoenix|AZ|85004|602;Tucson|AZ|85701|520;Las Vegas|NV|89101|702
Reno|NV|89501|775;San Diego|CA|92101|619;Los Angeles|CA|90012|213;Irvine|CA|92612|949;San Jose|CA|95113|408
Oakland|CA|94612|510;San Francisco|CA|94103|415;Sacramento|CA|95814|916;Fresno|CA|93721|559;Portland|OR|97205|503
Eugene|OR|97401|541;Seattle|WA|98101|206;Tacoma|WA|98402|253;Spokane|WA|99201|509;Anchorage|AK|99501|907
Honolulu|HI|96813|808;New Orleans|LA|70112|504;Little Rock|AR|72201|501;Wichita|KS|67202|316;Burlington|VT|05401|802
""".replace("\n", ";")
    .strip(";")
    .split(";")
]

_STREETS = """Maple Oak Cedar Pine Elm Walnut Chestnut Birch Willow Aspen Juniper Laurel Hickory Sycamore Magnolia
Lincoln Jefferson Madison Monroe Franklin Harrison Grant Park Lake River Hill Church Mill Spring Meadow Orchard
Sunset Valley Ridge Prospect Highland Pleasant Summit Garden Bridge Harbor Canal Market Union Liberty""".split()
_KINDS = ["St", "Ave", "Rd", "Ln", "Dr", "Ct", "Street", "Avenue", "Road", "Blvd", "Way", "Pl"]

LINES = len(CITIES) * 100
"""How many different phone lines there are; later applicants give no phone."""
RESERVED = 200
"""The last lines belong to agencies and households."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One applicant. ``phone`` is ten digits; ``None`` where the person gives none."""

    given: str
    family: str
    middle: str
    email: str
    phone: str | None
    handle: str | None
    street: str
    city: str
    state: str
    zip: str

    @property
    def name(self) -> str:
        """The name as a manifest writes it."""
        return f"{self.given} {self.family}"


def phone_line(number: int) -> str | None:
    """The ``number``-th phone line as ten digits, or ``None`` when all are given away."""
    if number >= LINES:
        return None
    place = number * 7919 % LINES
    return f"{CITIES[place // 100][3]}55501{place % 100:02d}"


def street(rng: random.Random) -> str:
    """A street and number, sometimes with a flat."""
    flat = f", Apt {rng.randint(1, 40)}{rng.choice(['', 'A', 'B', 'C'])}" if rng.random() < 0.25 else ""
    return f"{rng.randint(11, 9899)} {rng.choice(_STREETS)} {rng.choice(_KINDS)}{flat}"


def person(seed: int, number: int, *, family: str | None = None, given: str | None = None) -> Person:
    """The ``number``-th person of a seed, numbers unique over all applicants of one corpus.

    The number is part of e-mail, handle and phone, so two persons never share one by chance.
    """
    rng = dice(seed, "person", number)
    first, last = rng.choice(GIVEN), rng.choice(FAMILY)
    first, last = given or first, family or last
    phone = phone_line(number) if number < LINES - RESERVED else None
    city = rng.choice(CITIES)
    if phone and rng.random() < 0.7:
        city = next(c for c in CITIES if c[3] == phone[:3])
    local = rng.choice(
        [
            f"{first}.{last}{number}",
            f"{first[0]}{last}{number}",
            f"{last}.{first}{number}",
            f"{first}{number}",
        ]
    ).lower()
    handle = None
    if rng.random() < 0.45:
        site = rng.choice(["linkedin.com/in/", "linkedin.com/in/", "github.com/"])
        handle = f"{site}{first}-{last}-{number}".lower()
    return Person(
        given=first,
        family=last,
        middle=rng.choice(["", "", "", rng.choice("ABCDEGHJKLMNPRST") + "."]),
        email=f"{local}@{rng.choice(['example.com', 'example.org', 'example.net'])}",
        phone=phone if rng.random() < 0.93 else None,
        handle=handle,
        street=street(rng),
        city=city[0],
        state=city[1],
        zip=city[2],
    )
