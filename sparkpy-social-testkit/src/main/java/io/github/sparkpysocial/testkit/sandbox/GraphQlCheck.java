package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Checks GraphQL queries against the schema that a server tells of itself, so that a query that the
 * server would refuse is found without asking it: fields and arguments that are not there, wrong
 * types of values and variables, variables that are not used. Directives other than {@code include}
 * and {@code skip}, unions and mutations are not known. Immutable and thread-safe.
 */
public final class GraphQlCheck {
  private final GraphQl graphQl;

  private GraphQlCheck(GraphQl graphQl) {
    this.graphQl = graphQl;
  }

  /**
   * Reads the answer to an introspection query from a file of JSON, also compressed by gzip if its
   * name ends in {@code .gz}.
   *
   * @throws IllegalArgumentException if it is none
   * @throws UncheckedIOException if the file cannot be read
   */
  public static GraphQlCheck ofIntrospection(Path file) {
    JsonNode answer;
    try (InputStream in = Files.newInputStream(file)) {
      boolean compressed = file.toString().endsWith(".gz");
      answer = Json.parse((compressed ? new GZIPInputStream(in) : in).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("The introspection in " + file + " cannot be read", e);
    }
    if (answer == null) {
      throw new IllegalArgumentException("The introspection in " + file + " is no JSON");
    }
    return new GraphQlCheck(new GraphQl(GraphQlSchema.ofIntrospection(answer)));
  }

  /** Returns the schema that the sandbox itself serves as Meetup. */
  public static GraphQlCheck ofTheSandbox() {
    return new GraphQlCheck(new GraphQl(GraphQlSchema.load("meetup.graphqls")));
  }

  /** Returns what a server with this schema would say against a query, or {@code null}. */
  public @Nullable String problem(String query) {
    try {
      graphQl.check(query);
      return null;
    } catch (GraphQl.Invalid e) {
      return e.getMessage();
    }
  }
}
