"""The tree of prefixes: what is pinned stays, the rest goes, oldest first."""

from briefing.model.llama.prefixes import Prefixes


def test_a_prefix_is_found_again_and_only_under_its_parent() -> None:
    tree = Prefixes([1, 2, 3])
    root = tree.add(None, (1, 2))
    child = tree.add(root, (3,))
    assert tree.find(None, (1, 2)) is root
    assert tree.find(root, (3,)) is child
    assert tree.find(None, (3,)) is None
    assert tree.find(None, (1, 2), 16) is None, "computed to another layer, it is another prefix"
    assert (child.start, child.end) == (2, 3)


def test_the_oldest_unused_goes_first_and_a_parent_never_before_its_child() -> None:
    tree = Prefixes([1, 2, 3])
    root = tree.add(None, (1,))
    child = tree.add(root, (2,))
    other = tree.add(None, (3,))
    assert tree.room == 0
    assert tree.oldest() is child
    tree.pin(child)
    assert tree.oldest() is other
    tree.remove(other)
    assert tree.oldest() is None
    tree.unpin(child)
    tree.remove(child)
    assert tree.oldest() is root
    tree.remove(root)
    assert tree.room == 3
