package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
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

  /**
   * Reads a server's answer to the introspection query.
   *
   * @throws IllegalArgumentException if there are no types in it
   */
  static GraphQlSchema ofIntrospection(JsonNode answer) {
    JsonNode types = answer.findValue("types");
    if (types == null || !types.isArray() || types.isEmpty()) {
      throw new IllegalArgumentException("The answer to an introspection has no types");
    }
    GraphQlSchema schema = new GraphQlSchema();
    for (JsonNode type : types) {
      String name = type.path("name").asText();
      switch (type.path("kind").asText()) {
        case "OBJECT", "INTERFACE" -> schema.objects.put(name, fields(type.path("fields")));
        case "INPUT_OBJECT" -> schema.inputs.put(name, fields(type.path("inputFields")));
        case "ENUM" -> {
          Set<String> values = new LinkedHashSet<>();
          type.path("enumValues").forEach(value -> values.add(value.path("name").asText()));
          schema.enumerations.put(name, values);
        }
        default -> {
          // scalars have no definition
        }
      }
    }
    return schema;
  }

  private static Map<String, Field> fields(JsonNode definitions) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (JsonNode definition : definitions) {
      Map<String, String> arguments = new LinkedHashMap<>();
      for (JsonNode argument : definition.path("args")) {
        arguments.put(argument.path("name").asText(), spelled(argument.path("type")));
      }
      fields.put(
          definition.path("name").asText(), new Field(spelled(definition.path("type")), arguments));
    }
    return fields;
  }

  private static String spelled(JsonNode type) {
    return switch (type.path("kind").asText()) {
      case "NON_NULL" -> spelled(type.path("ofType")) + '!';
      case "LIST" -> '[' + spelled(type.path("ofType")) + ']';
      default -> type.path("name").asText();
    };
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

  /** Returns the types of arguments that have fields. */
  Map<String, Map<String, Field>> inputs() {
    return inputs;
  }

  /** Returns the enumerations with their values. */
  Map<String, Set<String>> enumerations() {
    return enumerations;
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

  /**
   * Returns what is wrong with the value of an argument, or {@code null} if nothing is.
   *
   * @param variables the types that variables are declared with
   */
  @Nullable String problem(String type, @Nullable Object value, Map<String, String> variables) {
    if (value instanceof GraphQl.Variable variable) {
      String declared = variables.get(variable.name());
      return declared == null || fits(declared, type)
          ? null
          : "takes '"
              + type
              + "', but the variable '"
              + variable.name()
              + "' is declared as '"
              + declared
              + "'";
    }
    boolean required = type.endsWith("!");
    String plain = required ? type.substring(0, type.length() - 1) : type;
    if (value == null) {
      return required ? "must not be null" : null;
    }
    if (plain.startsWith("[")) {
      String inner = plain.substring(1, plain.length() - 1);
      for (Object item : value instanceof List<?> list ? list : List.of(value)) {
        String problem = problem(inner, item, variables);
        if (problem != null) {
          return problem;
        }
      }
      return null;
    }
    Set<String> values = enumerations.get(plain);
    if (values != null) {
      String name =
          value instanceof GraphQl.EnumValue constant ? constant.name() : value.toString();
      return values.contains(name)
          ? null
          : "with value '" + name + "' is not a valid '" + plain + "'";
    }
    Map<String, Field> fields = inputs.get(plain);
    return fields == null
        ? scalarProblem(plain, value)
        : inputProblem(plain, fields, value, variables);
  }

  private @Nullable String inputProblem(
      String type, Map<String, Field> fields, Object value, Map<String, String> variables) {
    if (!(value instanceof Map<?, ?> map)) {
      return "is not an object of type '" + type + "'";
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Field field = fields.get(String.valueOf(entry.getKey()));
      if (field == null) {
        return "contains a field not in '" + type + "': '" + entry.getKey() + "'";
      }
      String problem = problem(field.type(), entry.getValue(), variables);
      if (problem != null) {
        return problem;
      }
    }
    for (Map.Entry<String, Field> field : fields.entrySet()) {
      if (field.getValue().type().endsWith("!") && !map.containsKey(field.getKey())) {
        return "is missing the field '" + field.getKey() + "' of '" + type + "'";
      }
    }
    return null;
  }

  private static @Nullable String scalarProblem(String type, Object value) {
    boolean fits =
        switch (type) {
          case "Int" -> value instanceof Long;
          case "Float" -> value instanceof Number;
          case "Boolean" -> value instanceof Boolean;
          case "ID" -> value instanceof String || value instanceof Long;
          default -> value instanceof String;
        };
    return fits ? null : "is not a valid '" + type + "'";
  }

  /**
   * Returns whether a variable of a type can stand where another is wanted (GraphQL specification,
   * October 2021, section 5.8.5).
   */
  static boolean fits(String declared, String wanted) {
    if (wanted.endsWith("!")) {
      return declared.endsWith("!") && fits(without(declared), without(wanted));
    }
    if (declared.endsWith("!")) {
      return fits(without(declared), wanted);
    }
    if (wanted.startsWith("[")) {
      return declared.startsWith("[")
          && fits(
              declared.substring(1, declared.length() - 1),
              wanted.substring(1, wanted.length() - 1));
    }
    return declared.equals(wanted);
  }

  private static String without(String type) {
    return type.substring(0, type.length() - 1);
  }
}
