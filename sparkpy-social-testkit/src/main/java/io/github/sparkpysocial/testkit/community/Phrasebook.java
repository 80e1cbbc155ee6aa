package io.github.sparkpysocial.testkit.community;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The sentences of one language: templates with slots, for each topic. Read from a resource whose
 * first lines explain its syntax. What a language does not say in its own words it takes from
 * English, as people do with technical terms.
 */
final class Phrasebook {
  private static final String ALL_TOPICS = "*";

  private final Map<String, List<Template>> templates = new HashMap<>();
  private final Map<String, List<String>> phrases = new HashMap<>();
  private final @Nullable Phrasebook fallback;

  private Phrasebook(@Nullable Phrasebook fallback) {
    this.fallback = fallback;
  }

  static Phrasebook load(String language, @Nullable Phrasebook fallback) {
    String resource = language + ".txt";
    Phrasebook book = new Phrasebook(fallback);
    try (InputStream in = Phrasebook.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The testkit's jar lacks the phrases in " + resource);
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      String topic = ALL_TOPICS;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        if (line.startsWith("@topic ")) {
          topic = line.substring("@topic ".length()).trim();
        } else if (line.startsWith("$")) {
          int space = line.indexOf(' ');
          book.phrases.put(
              topic + '$' + line.substring(1, space), split(line.substring(space + 1)));
        } else {
          book.templates.computeIfAbsent(topic, t -> new ArrayList<>()).add(Template.parse(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The phrases in " + resource + " cannot be read", e);
    }
    return book;
  }

  private static List<String> split(String phrases) {
    return Arrays.stream(phrases.split("\\|", -1)).map(String::trim).toList();
  }

  /** Returns a sentence on the topic; {@code slots} knows words that depend on the community. */
  String sentence(String topic, Rng rng, Function<String, @Nullable String> slots) {
    List<Template> choices = templates.get(topic);
    if (choices == null || choices.isEmpty()) {
      throw new IllegalStateException("No sentence on the topic " + topic);
    }
    return rng.pick(choices).fill(this, topic, rng, slots);
  }

  /** Returns a phrase for a slot, by Zipf's law. */
  String phrase(String topic, String slot, Rng rng) {
    return rng.pickByRank(phrases(topic, slot));
  }

  private List<String> phrases(String topic, String slot) {
    for (Phrasebook book = this; book != null; book = book.fallback) {
      List<String> own = book.phrases.get(topic + '$' + slot);
      if (own == null) {
        own = book.phrases.get(ALL_TOPICS + '$' + slot);
      }
      if (own != null) {
        return own;
      }
    }
    throw new IllegalStateException("No phrase for {" + slot + "} on the topic " + topic);
  }

  /** A sentence in pieces: texts at even places, slots at odd ones. */
  private record Template(List<String> pieces) {

    static Template parse(String line) {
      List<String> pieces = new ArrayList<>();
      int from = 0;
      for (int open = line.indexOf('{'); open >= 0; open = line.indexOf('{', from)) {
        int close = line.indexOf('}', open);
        pieces.add(line.substring(from, open));
        pieces.add(line.substring(open + 1, close));
        from = close + 1;
      }
      pieces.add(line.substring(from));
      return new Template(pieces);
    }

    String fill(Phrasebook book, String topic, Rng rng, Function<String, @Nullable String> slots) {
      StringBuilder text = new StringBuilder(160);
      Set<String> used = new HashSet<>();
      for (int i = 0; i < pieces.size(); i++) {
        String piece = pieces.get(i);
        if (i % 2 == 0) {
          text.append(piece);
        } else if (piece.startsWith("n:")) {
          int dash = piece.indexOf('-');
          text.append(
              rng.between(
                  Integer.parseInt(piece, 2, dash, 10),
                  Integer.parseInt(piece, dash + 1, piece.length(), 10)));
        } else {
          String phrase = slots.apply(piece);
          for (int attempt = 0;
              phrase == null || (attempt < 8 && used.contains(phrase));
              attempt++) {
            phrase = book.phrase(topic, piece, rng);
          }
          used.add(phrase);
          append(text, phrase, book.fallback == null);
        }
      }
      capitalize(text, 0);
      return text.toString();
    }

    /** Begins a sentence with a capital, and says "an" before a vowel in English. */
    private static void append(StringBuilder text, String phrase, boolean english) {
      int length = text.length();
      if (english
          && length >= 2
          && "aA".indexOf(text.charAt(length - 2)) >= 0
          && text.charAt(length - 1) == ' '
          && (length == 2 || text.charAt(length - 3) == ' ')
          && "aeioAEIO".indexOf(phrase.charAt(0)) >= 0) {
        text.setCharAt(length - 1, 'n');
        text.append(' ');
      }
      int start = text.length();
      text.append(phrase);
      if (start >= 2
          && text.charAt(start - 1) == ' '
          && ".!?".indexOf(text.charAt(start - 2)) >= 0) {
        capitalize(text, start);
      }
    }

    private static void capitalize(StringBuilder text, int at) {
      if (at < text.length()) {
        text.setCharAt(at, Character.toUpperCase(text.charAt(at)));
      }
    }
  }
}
