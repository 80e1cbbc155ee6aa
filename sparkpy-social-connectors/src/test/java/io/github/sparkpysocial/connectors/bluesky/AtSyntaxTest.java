package io.github.sparkpysocial.connectors.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names and times of the AT Protocol, checked with the protocol's own files. */
class AtSyntaxTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"handle", "did", "atidentifier", "nsid", "recordkey", "aturi", "datetime"})
  void whatTheProtocolCallsValidIsAndTheRestIsNot(String kind) throws IOException {
    Predicate<String> check =
        switch (kind) {
          case "handle" -> AtSyntax::isHandle;
          case "did" -> AtSyntax::isDid;
          case "atidentifier" -> AtSyntax::isIdentifier;
          case "nsid" -> AtSyntax::isNsid;
          case "recordkey" -> AtSyntax::isRecordKey;
          case "aturi" -> AtSyntax::isAtUri;
          default -> AtSyntax::isTime;
        };

    List<String> valid = lines(kind + "_syntax_valid.txt");
    List<String> invalid = lines(kind + "_syntax_invalid.txt");

    assertThat(valid).hasSizeGreaterThan(3).allMatch(check, kind + " is valid");
    assertThat(invalid).hasSizeGreaterThan(3).noneMatch(check);
  }

  @Test
  void aTimeThatNoCalendarHasIsNone() throws IOException {
    assertThat(lines("datetime_parse_invalid.txt")).isNotEmpty().noneMatch(AtSyntax::isTime);
  }

  private static List<String> lines(String file) throws IOException {
    Path folder =
        Path.of(System.getProperty("sparkpy.data", "../../shared/data"))
            .resolve("bluesky/interop-test-files/syntax");
    assumeTrue(
        Files.isDirectory(folder), () -> "NOT RUN: the protocol's files are not in " + folder);
    return Files.readAllLines(folder.resolve(file)).stream()
        .filter(line -> !line.startsWith("#") && !line.isEmpty())
        .toList();
  }
}
