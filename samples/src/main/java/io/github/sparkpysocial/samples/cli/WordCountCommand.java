package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.store.Rejected;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Counts words, as the first program of many books on Spark: lines, characters, and the twenty most
 * frequent of the words longer than three letters.
 */
@CommandLine.Command(
    name = "wordcount",
    description = "Count the lines, characters and words of a text.",
    footer = {
      "",
      "Example: the twenty most frequent words longer than three letters",
      "  sparkpy wordcount README.md"
    })
final class WordCountCommand extends Command {
  private static final Pattern NO_WORD = Pattern.compile("\\W+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final int LONGER_THAN = 3;
  private static final int TOP = 20;

  @Parameters(paramLabel = "FILE", description = "The text, UTF-8; may be .gz; - reads the input.")
  private String file = "";

  @Mixin private QuarantineOption quarantineOption = new QuarantineOption();

  @Override
  int execute(Console console) {
    long lines = 0;
    long characters = 0;
    Map<String, Integer> counts = new HashMap<>();
    try (QuarantineOption.Opened quarantine = quarantineOption.open(file);
        Lines text = Lines.open(file)) {
      for (byte[] bytes = text.next(); bytes != null; bytes = text.next()) {
        lines++;
        String line = text.text(bytes);
        if (line == null) {
          quarantine.setAside(notUtf8(text, bytes));
          continue;
        }
        characters += line.codePointCount(0, line.length());
        NO_WORD
            .splitAsStream(line.toLowerCase(Locale.ROOT))
            .filter(word -> word.codePointCount(0, word.length()) > LONGER_THAN)
            .forEach(word -> counts.merge(word, 1, Integer::sum));
      }
      List<Map.Entry<String, Integer>> top =
          counts.entrySet().stream()
              .sorted(
                  Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                      .thenComparing(Map.Entry.comparingByKey()))
              .limit(TOP)
              .toList();

      console.say("lines       " + lines);
      console.say("characters  " + characters);
      for (Map.Entry<String, Integer> entry : top) {
        console.say(String.format(Locale.ROOT, "%10d  %s", entry.getValue(), entry.getKey()));
      }
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("lines", lines);
      result.put("characters", characters);
      result.put("top", top.stream().map(e -> new WordCount(e.getKey(), e.getValue())).toList());
      result.put("quarantined", quarantine.count());
      return quarantine.finish(console, result);
    }
  }

  static Rejected notUtf8(Lines lines, byte[] bytes) {
    return new Rejected(
        lines.place(), lines.number(), null, "not UTF-8; save the file as UTF-8", bytes);
  }

  record WordCount(String word, int count) {}
}
