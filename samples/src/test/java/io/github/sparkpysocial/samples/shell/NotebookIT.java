package io.github.sparkpysocial.samples.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.VarSnippet;
import jdk.jshell.execution.LocalExecutionControlProvider;
import org.junit.jupiter.api.Test;

/**
 * The cells of the notebook in JShell, which is what the kernel runs them in; lines for the kernel
 * alone, which bring the library, are left out.
 */
class NotebookIT {
  @Test
  void everyCellRunsAndThreeOfThemEndWithAFigure() throws IOException {
    List<String> values = new ArrayList<>();
    List<String> pages = new ArrayList<>();
    try (JShell shell =
        JShell.builder().executionEngine(new LocalExecutionControlProvider(), null).build()) {
      List.of("java.util.*", "java.util.stream.*")
          .forEach(packages -> shell.eval("import " + packages + ";"));
      for (JsonNode cell :
          new ObjectMapper().readTree(Path.of("community.ipynb").toFile()).path("cells")) {
        if (cell.path("cell_type").asText().equals("code") && !source(cell).isBlank()) {
          SnippetEvent last = run(shell, source(cell));
          if (last.snippet() instanceof VarSnippet expression
              && expression.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
            values.add(expression.typeName());
            if (!expression.typeName().equals("int")) {
              pages.add(
                  run(
                          shell,
                          "io.github.sparkpysocial.viz.export.Exporters.html().toHtml("
                              + expression.name()
                              + ").length()")
                      .value());
            }
          }
        }
      }
    }

    assertThat(values).containsExactly("int", "WordCloud", "HeatMap", "BarChart");
    assertThat(pages).hasSize(3).allMatch(length -> Integer.parseInt(length) > 10_000);
  }

  private static String source(JsonNode cell) {
    StringBuilder source = new StringBuilder();
    cell.path("source")
        .forEach(
            line -> {
              if (!line.asText().startsWith("%")) {
                source.append(line.asText());
              }
            });
    return source.toString();
  }

  private static SnippetEvent run(JShell shell, String source) {
    SnippetEvent last;
    String rest = source;
    do {
      CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      List<SnippetEvent> events = shell.eval(next.source());
      for (SnippetEvent event : events) {
        assertThat(event.status())
            .as(() -> next.source() + shell.diagnostics(event.snippet()).toList())
            .isEqualTo(Snippet.Status.VALID);
        assertThat(event.exception()).as(next.source()).isNull();
      }
      last = events.get(events.size() - 1);
      rest = next.remaining();
    } while (!rest.isBlank());
    return last;
  }
}
