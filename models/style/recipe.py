"""Makes grams.tsv and the bins of model.toml: ``python models/style/recipe.py FOLDER`` of ``Author_Title_Year.txt``.

Needs scikit-learn (the extra ``dev``). FOLDER is ``corpus/`` of the public 100 English Novels; ``--seed`` chooses
halves and chunks. Prints the tables; nothing of the texts is kept but the shares of common n-grams.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from forensics.features import style

HERE = Path(__file__).parent
GRAMS = 1_500
LENGTHS = (150, 300, 500, 900)
CHUNKS = 6  # of each novel and length
_CAPITAL = re.compile(r"(?<=[a-z,;] )[A-Z]\w*")
_SLOT = re.compile(r"\b\d[\d,.]*\b")


def say(line: str) -> None:
    """A line of the tables."""
    sys.stdout.write(f"{line}\n")


def chunks(text: str, words: int, rng: random.Random) -> list[str]:
    """Random stretches of a novel, names and numbers masked as in a document."""
    held = text.split()
    found = []
    for _ in range(CHUNKS):
        at = rng.randrange(1000, len(held) - words - 1000)
        piece = " ".join(held[at : at + words])
        found.append(_SLOT.sub("#", _CAPITAL.sub("#", piece)).casefold())
    return found


def common(novels: dict[str, list[str]], rng: random.Random) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The n-grams used most by the authors given, mean and deviation of the root of each share in 300 words."""
    counts: Counter[str] = Counter()
    pieces = [piece for texts in novels.values() for text in texts for piece in chunks(text, 300, rng)]
    for piece in pieces:
        counts.update(gram for gram in style.grams(piece).elements() if "#" not in gram and "_" not in gram)
    chosen = [gram for gram, _ in counts.most_common(GRAMS)]
    rows = []
    for piece in pieces:
        found = style.grams(piece)
        row = np.array([found[gram] for gram in chosen], np.float64)
        rows.append(np.sqrt(row / max(1.0, row.sum())))
    return chosen, np.mean(rows, axis=0), np.std(rows, axis=0) + 1e-4


def pairs(novels: dict[str, list[str]], words: int, rng: random.Random) -> tuple[np.ndarray, np.ndarray]:
    """Cosines of pairs by one author, from two novels each, and of as many by two authors."""
    held = defaultdict(list)
    for author, texts in novels.items():
        for number, text in enumerate(texts):
            held[author].append((number, [style.sketch(piece) for piece in chunks(text, words, rng)]))
    same = [
        float(x @ y)
        for texts in held.values()
        for i, (_, a) in enumerate(texts)
        for _, b in texts[i + 1 :]
        for x in a
        for y in b
    ]
    authors = sorted(held)
    different = []
    while len(different) < len(same):
        one, two = rng.sample(authors, 2)
        x, y = (rng.choice(rng.choice(held[each])[1]) for each in (one, two))
        different.append(float(x @ y))
    return np.array(same), np.array(different)


def fitted(same: np.ndarray, different: np.ndarray) -> tuple[float, float]:
    """Slope and offset of log10 LR by logistic regression; the classes are balanced."""
    x, y = np.concatenate([same, different])[:, None], np.repeat([1, 0], [len(same), len(different)])
    model = LogisticRegression(C=1e6).fit(x, y)
    return float(model.coef_[0, 0]) / np.log(10), float(model.intercept_[0]) / np.log(10)


def least(same: np.ndarray, different: np.ndarray) -> float:
    """Cllr after the best monotone calibration (pool adjacent violators)."""
    x, y = np.concatenate([same, different]), np.repeat([1.0, 0.0], [len(same), len(different)])
    p = np.clip(IsotonicRegression(out_of_bounds="clip").fit_transform(x, y), 1e-6, 1 - 1e-6)
    log = np.log10(p / (1 - p))
    return style.cllr(log[: len(same)], log[len(same) :])


def main() -> None:
    """Read, split by author, fit on one half, measure on the other, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="write grams.tsv")
    said = parser.parse_args()
    rng = random.Random(said.seed)
    novels: dict[str, list[str]] = defaultdict(list)
    for file in sorted(said.folder.glob("*.txt")):
        novels[file.name.split("_")[0]].append(file.read_text(encoding="utf-8", errors="replace"))
    authors = sorted(author for author, texts in novels.items() if len(texts) > 1)
    rng.shuffle(authors)
    half = len(authors) // 2
    train, test = ({each: novels[each] for each in part} for part in (authors[:half], authors[half:]))
    chosen, mean, deviation = common(train, rng)
    rows = zip(chosen, mean, deviation, strict=True)
    lines = [f"{gram.replace(' ', '_')}\t{m:.5f}\t{d:.5f}" for gram, m, d in rows]
    if said.keep:
        (HERE / "grams.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    places = {gram: at for at, gram in enumerate(chosen)}
    style.common_grams = lambda: (places, mean, deviation)
    say(f"# {len(train)} authors to fit, {len(test)} others to measure, seed {said.seed}")
    for words in LENGTHS:
        slope, offset = fitted(*pairs(train, words, rng))
        same, different = pairs(test, words, rng)
        ratio = [np.clip(slope * each + offset, -style.CLIP, style.CLIP) for each in (same, different)]
        labels = np.repeat([1, 0], [len(same), len(different)])
        say(f"[[calibrated.bins]]\nwords = {words}\nslope = {slope:.3f}\noffset = {offset:.3f}")
        say(f"pairs = {len(labels)}\nauc = {roc_auc_score(labels, np.concatenate([same, different])):.3f}")
        say(f"cllr = {style.cllr(*ratio):.3f}\ncllr_least = {least(same, different):.3f}")
        say(f"misleading = {float((ratio[1] > 1).mean()):.4f}\n")


if __name__ == "__main__":
    main()
