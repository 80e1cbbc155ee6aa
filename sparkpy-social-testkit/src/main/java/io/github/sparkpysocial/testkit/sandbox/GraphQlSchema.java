package io.github.sparkpysocial.testkit.sandbox;

import io.github.sparkpysocial.testkit.sandbox.GraphQl.Invalid;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The types that a GraphQL server knows, read from their definitions. Immutable once read. */
final class GraphQlSchema {

  /** A field of a type. Types are spelled as in the language: {@code [EventHost!]!}. */
  record Field(String type, Map<String, String> arguments) {}

  private final Map<String, Map<String, Field>> objects = new LinkedHashMap<>();
  private final Map<String, Map<String, Field>> inputs = new HashMap<>();
  private final Map<String, Set<String>> enumerations = new HashMap<>();

  private GraphQlSchema() {}

  /** Reads type, input and enum definitions from a resource beside this class. */
  static GraphQlSchema load(String resource) {
    String text;
    try (InputStream in = GraphQlSchema.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The testkit's jar lacks the schema " + resource);
      }
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The schema " + resource + " cannot be read", e);
    }
    try {
      GraphQlSchema schema = new GraphQlSchema();
      GraphQlTokens tokens = new GraphQlTokens(text);
      while (!tokens.atEnd()) {
        schema.definition(tokens);
      }
      return schema;
    } catch (Invalid e) {
      throw new IllegalStateException("The schema " + resource + " is broken", e);
    }
  }

  private void definition(GraphQlTokens tokens) throws Invalid {
    if (tokens.skip("enum")) {
      Set<String> values = new LinkedHashSet<>();
      enumerations.put(tokens.name(), values);
      tokens.expect("{");
      while (!tokens.skip("}")) {
        values.add(tokens.name());
      }
      return;
    }
    boolean input = tokens.skip("input");
    if (!input) {
      tokens.expect("type");
    }
    Map<String, Field> fields = new LinkedHashMap<>();
    (input ? inputs : objects).put(tokens.name(), fields);
    tokens.expect("{");
    while (!tokens.skip("}")) {
      String name = tokens.name();
      Map<String, String> arguments = new LinkedHashMap<>();
      if (tokens.skip("(")) {
        while (!tokens.skip(")")) {
          String argument = tokens.name();
          tokens.expect(":");
          arguments.put(argument, tokens.type());
        }
      }
      tokens.expect(":");
      fields.put(name, new Field(tokens.type(), arguments));
    }
  }

  /** Returns the types with fields. */
  Map<String, Map<String, Field>> objects() {
    return objects;
  }

  @Nullable Field field(String type, String name) {
    Map<String, Field> fields = objects.get(type);
    return fields == null ? null : fields.get(name);
  }

  /** Returns whether values of this type have fields. */
  boolean isComposite(String type) {
    return objects.containsKey(bare(type));
  }

  /** Returns the name within a type: {@code EventHost} of {@code [EventHost!]!}. */
  static String bare(String type) {
    return type.replaceAll("[\\[\\]!]", "");
  }

  /** Returns what is wrong with the value of an argument, or {@code null} if nothing is. */
  @Nullable String problem(String type, @Nullable Object value) {
    boolean required = type.endsWith("!");
    String plain = required ? type.substring(0, type.length() - 1) : type;
    if (value == null) {
      return required ? "must not be null" : null;
    }
    if (plain.startsWith("[")) {
      String inner = plain.substring(1, plain.length() - 1);
      for (Object item : value instanceof List<?> list ? list : List.of(value)) {
        String problem = problem(inner, item);
        if (problem != null) {
          return problem;
        }
      }
      return null;
    }
    Set<String> values = enumerations.get(plain);
    if (values != null) {
      return values.contains(String.valueOf(value))
          ? null
          : "with value '" + value + "' is not a valid '" + plain + "'";
    }
    Map<String, Field> fields = inputs.get(plain);
    if (fields != null) {
      if (!(value instanceof Map<?, ?> map)) {
        return "is not an object of type '" + plain + "'";
      }
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        Field field = fields.get(String.valueOf(entry.getKey()));
        if (field == null) {
          return "contains a field not in '" + plain + "': '" + entry.getKey() + "'";
        }
        String problem = problem(field.type(), entry.getValue());
        if (problem != null) {
          return problem;
        }
      }
      return null;
    }
    boolean fits =
        switch (plain) {
          case "Int" -> value instanceof Long;
          case "Float" -> value instanceof Number;
          case "Boolean" -> value instanceof Boolean;
          case "ID" -> value instanceof String || value instanceof Long;
          default -> value instanceof String;
        };
    return fits ? null : "is not a valid '" + plain + "'";
  }
}
