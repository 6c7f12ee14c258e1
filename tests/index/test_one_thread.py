"""One thread: what a query multiplies is not shared among cores, and afterwards everything is as before."""

import numpy as np
from threadpoolctl import ThreadpoolController, threadpool_limits

from forensics.index.one_thread import one_thread


def threads():
    """Of the library of numpy; who else has brought one of its own depends on what ran before."""
    found = ThreadpoolController().select(user_api="blas").info()
    return {each["num_threads"] for each in found if "numpy" in each["filepath"]}


def test_products_inside_run_on_one_thread_and_later_ones_as_before():
    assert np.ones((2, 2)).sum() == 4
    with threadpool_limits(limits=2, user_api="blas"):
        before = threads()
        with one_thread():
            assert threads() == {1}
            with one_thread():
                pass
            assert threads() == {1}
        assert threads() == before == {2}


def test_an_error_inside_leaves_the_threads_as_they_were():
    @one_thread()
    def fails():
        raise ValueError("as the test wants")

    with threadpool_limits(limits=2, user_api="blas"):
        try:
            fails()
        except ValueError:
            assert threads() == {2}
        else:
            raise AssertionError("the error was swallowed")


def test_questions_are_asked_on_one_thread(monkeypatch, tmp_path):
    from written import document

    from forensics.features.measure import measure
    from forensics.index.corpus import Corpus
    from forensics.who_else import BY, Way, who_else

    seen = []

    def search(exhibit, corpus, without):
        from forensics.findings.likeness import Likes

        seen.append(threads())
        return Likes(found=())

    monkeypatch.setitem(BY, "content", Way(search=search, threshold=0.1))
    with (
        Corpus.open(tmp_path / "corpus", create=True) as corpus,
        threadpool_limits(limits=2, user_api="blas"),
    ):
        who_else(measure(document("Ada Example\nSome words of hers.")), corpus, by="content")
    assert seen == [{1}]
