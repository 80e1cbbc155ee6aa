package io.github.sparkpysocial.samples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The commands in the fenced blocks of the pages. A comment {@code # not run by a test: REASON}
 * marks the command at whose end it stands, or, on a line of its own, all that follow it in the
 * block.
 */
final class ShellBlocks {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```");
  private static final Pattern SHELL =
      Pattern.compile(
          "(?s)(?:#[^\\n]*\\n)*(?:[A-Z_]+=\\S+ )*(?:(?:samples/)?sparkpy|\\.ci/|mvn|git|java|jshell|docker"
              + "|spark-submit|psql|export|curl|cd|npm|pip|apt|kafka-)\\b.*");
  private static final Pattern WORD =
      Pattern.compile("'([^']*)'|\"([^\"]*)\"|(#.*)|((?:[^\\s'\"\\\\]|\\\\.)+)");
  private static final Pattern MARK = Pattern.compile("#\\s*[Nn]ot run by a test: \\w.+");

  private ShellBlocks() {}

  /**
   * A command as a page has it.
   *
   * @param page relative to the project
   * @param line without its comment; lines that a backslash joins are one
   * @param marked whether the page says why no test runs it
   */
  record PageCommand(String page, String line, boolean marked) {
    /** Returns the words as a shell would hand them to the program. */
    List<String> words() {
      List<String> words = new ArrayList<>();
      for (Matcher word = WORD.matcher(line); word.find(); ) {
        String quoted = word.group(1) == null ? word.group(2) : word.group(1);
        words.add(quoted == null ? word.group() : quoted);
      }
      return words;
    }

    boolean isSparkpy() {
      return line.matches("(?:samples/)?sparkpy .*");
    }

    @Override
    public String toString() {
      return page + ": " + line;
    }
  }

  /** Returns the commands of all pages, in their order. */
  static List<PageCommand> all() throws IOException {
    List<PageCommand> commands = new ArrayList<>();
    for (Path page : pages()) {
      commands.addAll(of(ROOT.relativize(page).toString(), Files.readString(page)));
    }
    return commands;
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (Path directory : List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("docs/decisions"))) {
      try (Stream<Path> files = Files.list(directory)) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
      }
    }
    return pages;
  }

  /** Returns the commands of a page. */
  static List<PageCommand> of(String page, String text) {
    List<PageCommand> commands = new ArrayList<>();
    for (Matcher fence = FENCE.matcher(text); fence.find(); ) {
      String language = fence.group(1);
      boolean unnamed = language.isEmpty() && SHELL.matcher(fence.group(2)).matches();
      if (unnamed || List.of("sh", "bash", "shell", "console").contains(language)) {
        addLines(page, fence.group(2).replaceAll("\\s*\\\\\\n\\s*", " "), commands);
      }
    }
    return commands;
  }

  private static void addLines(String page, String block, List<PageCommand> commands) {
    boolean restIsMarked = false;
    for (String line : block.lines().filter(line -> !line.isBlank()).toList()) {
      String comment = "";
      String command = line;
      for (Matcher word = WORD.matcher(line); word.find(); ) {
        if (word.group(3) != null) {
          comment = word.group(3);
          command = line.substring(0, word.start());
        }
      }
      boolean marked = MARK.matcher(comment).matches();
      if (command.isBlank()) {
        restIsMarked |= marked;
      } else {
        commands.add(new PageCommand(page, command.strip(), restIsMarked || marked));
      }
    }
  }
}
