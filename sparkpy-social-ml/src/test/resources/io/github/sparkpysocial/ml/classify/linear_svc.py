"""Macro-F1 of scikit-learn's LinearSVC (C = 1) over given folds, each tested by the others.

Reads JSON Lines (text, tokens, label, fold) and prints one JSON object: "words" is learnt from
words and pairs of words as scikit-learn cuts them, "tokens" from the tokens of the file.

    python3 linear_svc.py POSTS.jsonl
"""

import json
import sys

import numpy as np
import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.svm import LinearSVC


def macro_f1(vectorizer, texts, labels, folds):
    predicted = np.empty(len(labels), dtype=object)
    for fold in np.unique(folds):
        tested = folds == fold
        learnt = vectorizer.fit_transform(texts[~tested])
        machine = LinearSVC(C=1, random_state=1).fit(learnt, labels[~tested])
        predicted[tested] = machine.predict(vectorizer.transform(texts[tested]))
    return f1_score(list(labels), list(predicted), average="macro")


def column(posts, name):
    values = np.empty(len(posts), dtype=object)
    values[:] = [post[name] for post in posts]
    return values


def main(path):
    with open(path, encoding="utf-8") as lines:
        posts = [json.loads(line) for line in lines]
    labels = column(posts, "label")
    folds = np.array([post["fold"] for post in posts])
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    tokens = TfidfVectorizer(analyzer=lambda tokens: tokens, sublinear_tf=True, min_df=2)
    print(
        json.dumps(
            {
                "version": sklearn.__version__,
                "words": macro_f1(words, column(posts, "text"), labels, folds),
                "tokens": macro_f1(tokens, column(posts, "tokens"), labels, folds),
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
