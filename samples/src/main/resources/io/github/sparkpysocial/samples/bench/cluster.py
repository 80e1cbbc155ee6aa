"""The steps of TextClustering with scikit-learn, and the pipeline most people would write.

Reads posts as JSON Lines (text, topic), runs each pipeline once to warm up and then several times,
and prints one JSON object. Reading is not timed.

    python3 cluster.py POSTS.jsonl K ITERATIONS ROUNDS
"""

import json
import re
import statistics
import sys
import time

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer
from sklearn.metrics import normalized_mutual_info_score
from sklearn.preprocessing import normalize

SAMPLE = 1 << 15
LINK = re.compile(r"(?:https?://|www\.)\S+")
TOKEN = re.compile(r"[#@$]?\w[\w']+")
STOP_WORDS = ENGLISH_STOP_WORDS | {"rt", "via", "amp", "http", "https"}


def tokens(text):
    found = []
    for token in TOKEN.findall(LINK.sub(" ", text.lower())):
        if token[0] in "#@$":
            found.append(token)
            token = token[1:]
        if token not in STOP_WORDS:
            found.append(token)
    return found


def fingerprint(words):
    return " ".join(w for w in words if w[0] not in "#@$")


def ours(texts, k, iterations, seed):
    split = [tokens(text) for text in texts]
    first = {}
    for i, words in enumerate(split):
        first.setdefault(fingerprint(words), i)
    originals = np.fromiter(first.values(), dtype=np.int64)
    vectorizer = TfidfVectorizer(
        analyzer=lambda words: words, min_df=2, max_features=50_000, sublinear_tf=True
    )
    learnt = vectorizer.fit_transform([split[i] for i in originals])
    svd = TruncatedSVD(2 * k, random_state=seed)
    points = normalize(svd.fit_transform(learnt))
    sample = points
    if len(points) > SAMPLE:
        sample = points[np.random.default_rng(seed).choice(len(points), SAMPLE, replace=False)]
    model = KMeans(k, n_init=10, init="random", max_iter=iterations, random_state=seed).fit(sample)
    if len(points) > SAMPLE:
        model = KMeans(k, n_init=1, init=model.cluster_centers_, max_iter=iterations).fit(points)
    return model.predict(normalize(svd.transform(vectorizer.transform(split))))


def book(texts, k, iterations, seed):
    vectorizer = TfidfVectorizer(max_df=0.5, max_features=10_000, min_df=2, stop_words="english")
    features = vectorizer.fit_transform(texts)
    return KMeans(k, n_init=1, max_iter=iterations, random_state=seed).fit_predict(features)


def measure(pipeline, texts, topics, k, iterations, rounds):
    pipeline(texts[:2000], k, iterations, 1)
    seconds = []
    for seed in range(rounds):
        start = time.perf_counter()
        clusters = pipeline(texts, k, iterations, seed)
        seconds.append(time.perf_counter() - start)
    return {
        "seconds": statistics.median(seconds),
        "nmi": normalized_mutual_info_score(topics, clusters),
    }


def main(path, k, iterations, rounds):
    texts, topics = [], []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            post = json.loads(line)
            texts.append(post["text"])
            topics.append(post["topic"])
    result = {"version": sklearn.__version__}
    for name, pipeline in (("sameSteps", ours), ("book", book)):
        result[name] = measure(pipeline, texts, topics, k, iterations, rounds)
    print(json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1], *(int(argument) for argument in sys.argv[2:5]))
