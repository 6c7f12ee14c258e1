"""Grouping: what joins, what does not, hubs, bridges, and names that survive growth."""

from hypothesis import given
from hypothesis import strategies as st

from forensics.cases.campaigns import Forest, campaign_id, group, named, weak_points
from forensics.index.edges import Edge

COMMON = 3


def edge(doc, other, signal="copied-content", family="content", weight="A", mark=""):
    return Edge(doc=doc, other=other, signal=signal, family=family, weight=weight, mark=mark)


def phone(doc, other, mark="p", weight="A"):
    return edge(doc, other, "shared-phone", "contact", weight, mark)


def docs(edges, common=COMMON):
    return [each.docs for each in group(edges, common=common).groups]


def test_an_edge_of_weight_a_joins_alone():
    assert docs([edge(1, 2), edge(3, 2)]) == [(1, 2, 3)]


def test_weak_edges_join_only_with_a_second_family():
    place = edge(1, 2, "shared-address", "place", "B", "x")
    referee = edge(2, 1, "shared-referee", "contact", "B", "y")
    assert docs([place]) == []
    assert docs([place, edge(1, 2, "shared-address", "place", "B", "z")]) == []
    assert docs([place, referee]) == [(1, 2)]
    assert not group([place, referee], common=COMMON).groups[0].links[0].proved


def test_two_weak_edges_to_different_documents_join_nothing():
    assert docs([edge(1, 2, "shared-address", "place", "B", "x"), phone(1, 3, weight="B")]) == []


def test_an_agency_is_a_hub_and_joins_nobody():
    agency = [phone(a, b) for a in range(1, 9) for b in range(1, a)]
    found = group([*agency, edge(1, 2)], common=COMMON)
    assert [each.docs for each in found.groups] == [(1, 2)]
    (hub,) = found.hubs
    assert (hub.signal, hub.groups, hub.docs) == ("shared-phone", 7, tuple(range(1, 9)))
    assert all(tie.signal != "shared-phone" for link in found.groups[0].links for tie in link.ties)


def test_a_ring_with_one_text_does_not_make_its_own_telephone_a_hub():
    ring = [edge(a, b) for a in range(1, 9) for b in range(1, a)]
    found = group([*ring, *(phone(a, 1) for a in range(2, 9)), phone(9, 1)], common=COMMON)
    assert found.hubs == () and [each.docs for each in found.groups] == [tuple(range(1, 10))]


def test_as_many_as_are_common_and_one_more_still_join():
    assert docs([phone(1, each) for each in range(2, 5)]) == [(1, 2, 3, 4)]
    assert docs([phone(1, each) for each in range(2, 6)]) == []


def test_a_thing_that_is_common_makes_a_hub_by_edges_that_link_nobody():
    """Whoever was checked when it was common already says it once, by an edge of weight C."""
    star = [phone(1, 2, weight="C"), *(phone(each, 1, weight="C") for each in range(2, 8))]
    found = group(star, common=COMMON)
    assert found.groups == () and [(each.groups, each.docs) for each in found.hubs] == [
        (7, tuple(range(1, 8)))
    ]
    early = [phone(2, 1), phone(3, 1), phone(3, 2)]  # these came when it was rare
    assert group([*early, *star[3:]], common=COMMON).groups == ()
    assert docs([phone(1, 2, weight="C"), edge(1, 2, "shared-address", "place", "B", "x")]) == []


def test_one_person_who_applies_often_does_not_make_their_own_number_a_hub():
    often = [phone(7, each) for each in range(1, 7)]
    assert docs(often) == []
    (found,) = group(often, common=COMMON, kin=dict.fromkeys(range(1, 7), 100)).groups
    assert found.docs == tuple(range(1, 8))


def test_bridges_and_pivots_are_marked():
    two = [edge(1, 2), edge(2, 3), edge(1, 3), edge(4, 5), edge(5, 6), edge(4, 6), edge(3, 4)]
    (found,) = group(two, common=COMMON).groups
    assert [(each.a, each.b) for each in found.links if each.bridge] == [(3, 4)]
    star = group([edge(1, each) for each in range(2, 6)], common=COMMON).groups[0]
    assert star.pivots == {1} and not any(each.bridge for each in star.links)


def test_the_same_file_under_two_names_is_a_group_of_one_document():
    assert docs([edge(7, 7)]) == [(7,)]


def test_a_name_is_found_again_after_two_campaigns_became_one():
    ids = {number: f"sha256:{str(number) * 64}" for number in range(1, 7)}
    younger = campaign_id(ids[4])
    apart = group([edge(1, 2), edge(4, 5)], common=COMMON).groups
    assert [each.docs for each in named(apart, ids, younger)] == [(4, 5)]
    joined = group([edge(1, 2), edge(4, 5), edge(6, 2), edge(6, 5)], common=COMMON).groups
    assert [each.docs for each in named(joined, ids, younger)] == [(1, 2, 4, 5, 6)]
    assert named(joined, ids, "c-3") == []


def reachable(pairs, node):
    found, new = {node}, {node}
    while new:
        new = {b for pair in pairs for a, b in (pair, pair[::-1]) if a in new} - found
        found |= new
    return frozenset(found)


pairs = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=25)


@given(pairs)
def test_union_find_agrees_with_walking_and_its_root_is_the_smallest(given):
    forest = Forest()
    for a, b in given:
        forest.join(a, b)
    for node in {each for pair in given for each in pair}:
        assert forest.root(node) == min(reachable(given, node))


@given(pairs, pairs, st.randoms(use_true_random=False))
def test_growth_joins_and_never_parts_and_order_is_nothing(before, more, random):
    """Whatever is found later, who hung together still does, and the name is that of the oldest."""
    first = docs([edge(a, b) for a, b in before])
    later = [edge(a, b) for a, b in before] + [edge(a, b) for a, b in more]
    grown = docs(later)
    for group_ in first:
        (home,) = (each for each in grown if set(group_) <= set(each))
        assert min(home) <= min(group_)
    newer = [(a + 12, b + 12) for a, b in more]
    for group_ in docs([edge(a, b) for a, b in [*before, *newer]] + [edge(1, 13)] * bool(more)):
        olds = [each for each in first if set(each) <= set(group_)]
        if olds:
            assert min(group_) <= min(map(min, olds))
    random.shuffle(later)
    assert docs(later) == grown


@given(pairs)
def test_bridges_and_pivots_agree_with_taking_them_out(given):
    given = sorted({(min(pair), max(pair)) for pair in given if pair[0] != pair[1]})
    if not given:
        return
    nodes = sorted(reachable(given, given[0][0]))
    inside = [pair for pair in given if pair[0] in nodes]
    bridges, pivots = weak_points(nodes, inside)
    for pair in inside:
        side = reachable([each for each in inside if each != pair], pair[0])
        apart = pair[1] not in side and 2 <= len(side) <= len(nodes) - 2
        assert (pair in bridges) == apart
    for node in nodes:
        left = [pair for pair in inside if node not in pair]
        parts = {reachable(left, each) for each in nodes if each != node}
        assert (node in pivots) == (len(parts) >= 3)
