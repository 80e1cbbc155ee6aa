"""Draws a word cloud with Python's wordcloud and prints how long each round took, as JSON.

Arguments: a JSON object of words and counts, the picture to write, width, height, rounds.
"""
import json
import sys
import time

from wordcloud import WordCloud, __version__

counts_file, picture, width, height, rounds = sys.argv[1:6]
with open(counts_file, encoding="utf-8") as file:
    counts = json.load(file)
seconds = []
for _ in range(int(rounds)):
    start = time.perf_counter()
    cloud = WordCloud(
        width=int(width), height=int(height), max_words=len(counts), random_state=42
    ).generate_from_frequencies(counts)
    cloud.to_file(picture)
    seconds.append(time.perf_counter() - start)
print(json.dumps({
    "version": __version__,
    "seconds": seconds,
    "words": sorted(entry[0][0] for entry in cloud.layout_),
}))
