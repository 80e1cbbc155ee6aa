package io.github.sparkpysocial.viz.internal.render;

import io.github.sparkpysocial.viz.internal.Palette;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.wordcloud.Colouring;
import io.github.sparkpysocial.viz.wordcloud.PlacedTerm;
import io.github.sparkpysocial.viz.wordcloud.WeightedTerm;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import io.github.sparkpysocial.viz.wordcloud.WordCloudLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which colour each word of a cloud has, and what the colours say. */
final class CloudTones {

  /**
   * What a colour says.
   *
   * @param label in words
   * @param tone the colour
   */
  record Key(String label, Tone tone) {}

  private static final int STRONGEST = 3;

  private final Colouring colouring;
  private final double heaviest;
  private final Map<String, Integer> groups = new LinkedHashMap<>();
  private final boolean anySentiment;

  CloudTones(WordCloud cloud, WordCloudLayout layout) {
    this.colouring = cloud.colouring();
    this.heaviest =
        layout.placed().stream().mapToDouble(placed -> placed.term().weight()).max().orElse(1);
    this.anySentiment =
        layout.placed().stream().anyMatch(placed -> placed.term().sentiment() != null);
    for (WeightedTerm term : cloud.terms()) {
      String group = term.group();
      if (group != null) {
        groups.putIfAbsent(group, groups.size());
      }
    }
  }

  /** Returns the colour of a word, {@code rank} being 0 for the largest. */
  Tone of(PlacedTerm placed, int rank) {
    return switch (colouring) {
      case WEIGHT -> {
        double share = Math.sqrt(placed.term().weight() / heaviest);
        yield new Tone(Tone.Kind.STRENGTH, (int) Math.round(share * Palette.STEPS));
      }
      case SENTIMENT -> {
        Double sentiment = placed.term().sentiment();
        double known = sentiment == null ? 0 : sentiment;
        yield new Tone(Tone.Kind.SENTIMENT, (int) Math.round(known * Palette.STEPS));
      }
      case GROUP -> {
        Integer group = groups.size() < 2 ? null : groups.get(placed.term().group());
        yield group == null
            ? new Tone(Tone.Kind.SHADE, rank < STRONGEST ? 0 : rank % 3)
            : new Tone(Tone.Kind.GROUP, group);
      }
    };
  }

  /** Returns what the colours say, empty if that needs no words. */
  List<Key> keys() {
    List<Key> keys = new ArrayList<>();
    if (colouring == Colouring.SENTIMENT && anySentiment) {
      keys.add(new Key("negative", new Tone(Tone.Kind.SENTIMENT, -Palette.STEPS)));
      keys.add(new Key("neutral or not known", new Tone(Tone.Kind.SENTIMENT, 0)));
      keys.add(new Key("positive", new Tone(Tone.Kind.SENTIMENT, Palette.STEPS)));
    } else if (colouring == Colouring.GROUP && groups.size() > 1) {
      groups.forEach(
          (group, index) ->
              keys.add(
                  new Key(Texts.shorten(group, Texts.LABEL), new Tone(Tone.Kind.GROUP, index))));
    }
    return keys;
  }
}
