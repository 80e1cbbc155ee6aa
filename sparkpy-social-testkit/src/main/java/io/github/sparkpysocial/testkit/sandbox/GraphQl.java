package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs GraphQL queries over a schema: aliases, arguments, variables with defaults, fragments and
 * the directives {@code include} and {@code skip}. What the schema does not have is refused with
 * the words of graphql-java, as Meetup's server does. Source: GraphQL specification, October 2021.
 */
final class GraphQl {
  private final GraphQlSchema schema;

  GraphQl(GraphQlSchema schema) {
    this.schema = schema;
  }

  /** Something that has fields. */
  interface Entity {
    /** Returns the name of its type. */
    String type();

    /** Returns a field: a scalar, an entity, a list of them, or {@code null}. */
    @Nullable Object field(String name, Map<String, @Nullable Object> arguments);
  }

  /** A query that is refused as a whole. */
  static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;
    private final String classification;
    private final int line;
    private final int column;

    Invalid(String classification, String message, int line, int column) {
      super(message);
      this.classification = classification;
      this.line = line;
      this.column = column;
    }

    ObjectNode toJson() {
      ObjectNode body = Json.object();
      ObjectNode error = body.putArray("errors").addObject();
      error.put("message", getMessage());
      ArrayNode locations = error.putArray("locations");
      if (line > 0) {
        locations.addObject().put("line", line).put("column", column);
      }
      error.putObject("extensions").put("classification", classification);
      return body;
    }
  }

  // The parsed query

  /** A value that stands for a variable. */
  record Variable(String name) {}

  /** A value of an enumeration. */
  record EnumValue(String name) {}

  private record Directive(String name, Map<String, @Nullable Object> arguments) {}

  private sealed interface Selection permits Field, Spread, Inline {}

  private record Field(
      String alias,
      String name,
      Map<String, @Nullable Object> arguments,
      List<Directive> directives,
      List<Selection> selections,
      int line,
      int column)
      implements Selection {}

  private record Spread(String fragment, List<Directive> directives, int line, int column)
      implements Selection {}

  private record Inline(
      @Nullable String type, List<Directive> directives, List<Selection> selections)
      implements Selection {}

  private record VariableDefinition(String name, String type, @Nullable Object standard) {
    boolean required() {
      return type.endsWith("!") && standard == null;
    }

    /** Returns the type that its value has in the end. */
    String effectiveType() {
      return standard != null && !type.endsWith("!") ? type + '!' : type;
    }
  }

  private record Operation(
      @Nullable String name, List<VariableDefinition> variables, List<Selection> selections) {}

  private record Fragment(String type, List<Selection> selections) {}

  /** A query that can be run, and what it costs. */
  final class Execution {
    private final Operation operation;
    private final Map<String, Fragment> fragments;
    private final Map<String, @Nullable Object> variables;
    private final Entity root;
    private final Map<String, String> variableTypes = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private int connections;

    private Execution(
        Operation operation,
        Map<String, Fragment> fragments,
        Map<String, @Nullable Object> variables,
        Entity root) {
      this.operation = operation;
      this.fragments = fragments;
      this.variables = variables;
      this.root = root;
      operation.variables.forEach(v -> variableTypes.put(v.name, v.effectiveType()));
    }

    /** Returns the number of connections that it reads, at least one. */
    int cost() {
      return Math.max(1, connections);
    }

    ObjectNode run() {
      ObjectNode body = Json.object();
      ObjectNode data = body.putObject("data");
      select(data, root, operation.selections);
      return body;
    }

    private void select(ObjectNode into, Entity entity, List<Selection> selections) {
      for (Selection selection : selections) {
        if (selection instanceof Field field) {
          if (wanted(field.directives)) {
            field(into, entity, field);
          }
        } else if (selection instanceof Spread spread) {
          Fragment fragment = fragments.get(spread.fragment);
          if (fragment != null
              && fragment.type.equals(entity.type())
              && wanted(spread.directives)) {
            select(into, entity, fragment.selections);
          }
        } else if (selection instanceof Inline inline
            && wanted(inline.directives)
            && (inline.type == null || inline.type.equals(entity.type()))) {
          select(into, entity, inline.selections);
        }
      }
    }

    private void field(ObjectNode into, Entity entity, Field field) {
      if (field.name.equals("__typename")) {
        into.put(field.alias, entity.type());
        return;
      }
      Map<String, @Nullable Object> arguments = new HashMap<>();
      field.arguments.forEach((name, value) -> arguments.put(name, resolve(value)));
      JsonNode value = json(entity.field(field.name, arguments), field);
      if (into.get(field.alias) instanceof ObjectNode before && value instanceof ObjectNode more) {
        merge(before, more); // the same field asked for twice
      } else {
        into.set(field.alias, value);
      }
    }

    private void merge(ObjectNode into, ObjectNode more) {
      more.properties()
          .forEach(
              property -> {
                if (into.get(property.getKey()) instanceof ObjectNode before
                    && property.getValue() instanceof ObjectNode inner) {
                  merge(before, inner);
                } else {
                  into.set(property.getKey(), property.getValue());
                }
              });
    }

    private JsonNode json(@Nullable Object value, Field field) {
      if (value instanceof Entity inner) {
        ObjectNode node = Json.object();
        select(node, inner, field.selections);
        return node;
      }
      if (value instanceof List<?> list) {
        ArrayNode array = Json.array();
        list.forEach(item -> array.add(json(item, field)));
        return array;
      }
      return Json.scalar(value);
    }

    private boolean wanted(List<Directive> directives) {
      for (Directive directive : directives) {
        boolean condition = Boolean.TRUE.equals(resolve(directive.arguments.get("if")));
        if (directive.name.equals(condition ? "skip" : "include")) {
          return false;
        }
      }
      return true;
    }

    private @Nullable Object resolve(@Nullable Object value) {
      if (value instanceof Variable variable) {
        return variables.get(variable.name);
      }
      if (value instanceof EnumValue constant) {
        return constant.name;
      }
      if (value instanceof List<?> list) {
        List<@Nullable Object> resolved = new ArrayList<>();
        list.forEach(item -> resolved.add(resolve(item)));
        return resolved;
      }
      if (value instanceof Map<?, ?> map) {
        Map<String, @Nullable Object> resolved = new LinkedHashMap<>();
        map.forEach((name, item) -> resolved.put(String.valueOf(name), resolve(item)));
        return resolved;
      }
      return value;
    }

    // Validation

    /** Checks that the variables have the values that they are declared to have. */
    private void coerce() throws Invalid {
      for (VariableDefinition definition : operation.variables) {
        Object value = variables.get(definition.name);
        String problem =
            definition.required() && value == null
                ? "Variable '" + definition.name + "' has coerced Null value for NonNull type"
                : value == null ? null : schema.problem(definition.type, value, Map.of());
        if (problem != null) {
          throw new Invalid(
              "ValidationError",
              "Variable '" + definition.name + "' has an invalid value: " + problem,
              1,
              1);
        }
      }
    }

    /** Checks the query alone, whatever the values of its variables. */
    private void validate() throws Invalid {
      validate(root.type(), operation.selections, "", Set.of());
      for (VariableDefinition definition : operation.variables) {
        if (!used.contains(definition.name)) {
          throw invalid("UnusedVariable", "", "Unused variable '" + definition.name + "'", 1, 1);
        }
      }
    }

    private void validate(String type, List<Selection> selections, String path, Set<String> open)
        throws Invalid {
      for (Selection selection : selections) {
        note(selection);
        if (selection instanceof Field field) {
          validate(type, field, path, open);
        } else if (selection instanceof Spread spread) {
          Fragment fragment = fragments.get(spread.fragment);
          if (fragment == null || open.contains(spread.fragment)) {
            throw invalid(
                "UndefinedFragment",
                path,
                "Undefined or circular fragment '" + spread.fragment + "'",
                spread.line,
                spread.column);
          }
          Set<String> nowOpen = new HashSet<>(open);
          nowOpen.add(spread.fragment);
          validate(fragment.type, fragment.selections, path, nowOpen);
        } else if (selection instanceof Inline inline) {
          validate(inline.type == null ? type : inline.type, inline.selections, path, open);
        }
      }
    }

    private void validate(String type, Field field, String path, Set<String> open) throws Invalid {
      if (field.name.equals("__typename")) {
        return;
      }
      String here = path.isEmpty() ? field.name : path + '/' + field.name;
      GraphQlSchema.Field defined = schema.field(type, field.name);
      if (defined == null) {
        throw invalid(
            "FieldUndefined",
            here,
            "Field '" + field.name + "' in type '" + type + "' is undefined",
            field.line,
            field.column);
      }
      for (Map.Entry<String, @Nullable Object> argument : field.arguments.entrySet()) {
        String wanted = defined.arguments().get(argument.getKey());
        if (wanted == null) {
          throw invalid(
              "UnknownArgument",
              here,
              "Unknown field argument '" + argument.getKey() + "'",
              field.line,
              field.column);
        }
        checkValue(wanted, argument.getValue(), argument.getKey(), here, field);
      }
      for (Map.Entry<String, String> argument : defined.arguments().entrySet()) {
        if (argument.getValue().endsWith("!") && field.arguments.get(argument.getKey()) == null) {
          throw invalid(
              "MissingFieldArgument",
              here,
              "Missing field argument '" + argument.getKey() + "'",
              field.line,
              field.column);
        }
      }
      boolean composite = schema.isComposite(defined.type());
      if (composite == field.selections.isEmpty()) {
        throw invalid(
            composite ? "SubselectionRequired" : "SubselectionNotAllowed",
            here,
            "Subselection "
                + (composite ? "required" : "not allowed")
                + " for type '"
                + defined.type()
                + "' of field '"
                + field.name
                + "'",
            field.line,
            field.column);
      }
      if (GraphQlSchema.bare(defined.type()).endsWith("Connection")) {
        connections++;
      }
      validate(GraphQlSchema.bare(defined.type()), field.selections, here, open);
    }

    private void checkValue(
        String type, @Nullable Object value, String name, String path, Field field) throws Invalid {
      Set<String> named = new HashSet<>();
      variables(value, named);
      for (String variable : named) {
        if (!variableTypes.containsKey(variable)) {
          throw invalid(
              "UndefinedVariable",
              path,
              "Undefined variable '" + variable + "'",
              field.line,
              field.column);
        }
      }
      used.addAll(named);
      String problem = schema.problem(type, value, variableTypes);
      if (problem != null) {
        throw invalid(
            "WrongType", path, "argument '" + name + "' " + problem, field.line, field.column);
      }
    }

    /** Notes the variables that decide whether something is selected. */
    private void note(Selection selection) {
      List<Directive> directives =
          selection instanceof Field field
              ? field.directives
              : selection instanceof Spread spread
                  ? spread.directives
                  : ((Inline) selection).directives;
      directives.forEach(directive -> variables(directive.arguments, used));
    }

    private static void variables(@Nullable Object value, Set<String> into) {
      if (value instanceof Variable variable) {
        into.add(variable.name);
      } else if (value instanceof List<?> list) {
        list.forEach(item -> variables(item, into));
      } else if (value instanceof Map<?, ?> map) {
        map.values().forEach(item -> variables(item, into));
      }
    }

    private Invalid invalid(String kind, String path, String message, int line, int column) {
      String where = path.isEmpty() ? "" : "@[" + path + "]";
      return new Invalid(
          "ValidationError", "Validation error (" + kind + where + ") : " + message, line, column);
    }
  }

  /** Reads and checks the body of a request. */
  Execution prepare(@Nullable JsonNode body, Entity root) throws Invalid {
    if (body == null || !body.path("query").isTextual()) {
      throw new Invalid("InvalidRequest", "The body must be JSON with a query", 0, 0);
    }
    if (body.path("variables").isTextual()) {
      throw new Invalid("InvalidRequest", "The variables must be an object, not text", 0, 0);
    }
    Parser parser = new Parser(body.path("query").textValue());
    parser.document();
    String name =
        body.path("operationName").isTextual() ? body.path("operationName").textValue() : null;
    Operation chosen = null;
    for (Operation operation : parser.operations) {
      if (name == null ? parser.operations.size() == 1 : name.equals(operation.name)) {
        chosen = operation;
      }
    }
    if (chosen == null) {
      throw new Invalid("ValidationError", "Must provide the name of one operation", 0, 0);
    }
    Map<String, @Nullable Object> variables = new HashMap<>();
    for (VariableDefinition definition : chosen.variables) {
      JsonNode given = body.path("variables").get(definition.name);
      variables.put(definition.name, given == null ? definition.standard : Json.value(given));
    }
    Execution execution = new Execution(chosen, parser.fragments, variables, root);
    execution.validate();
    execution.coerce();
    return execution;
  }

  /** Checks each operation of a document against the schema, without running it. */
  void check(String document) throws Invalid {
    Parser parser = new Parser(document);
    parser.document();
    Entity nothing =
        new Entity() {
          @Override
          public String type() {
            return "Query";
          }

          @Override
          public @Nullable Object field(String name, Map<String, @Nullable Object> arguments) {
            return null;
          }
        };
    for (Operation operation : parser.operations) {
      new Execution(operation, parser.fragments, Map.of(), nothing).validate();
    }
  }

  /** Reads a document of operations and fragments. */
  private static final class Parser {
    private final GraphQlTokens tokens;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, Fragment> fragments = new HashMap<>();

    Parser(String text) throws Invalid {
      this.tokens = new GraphQlTokens(text);
    }

    void document() throws Invalid {
      while (!tokens.atEnd()) {
        if (tokens.looksAt("{")) {
          operations.add(new Operation(null, List.of(), selections()));
        } else if (tokens.skip("query")) {
          String name = tokens.looksAt("(") || tokens.looksAt("{") ? null : tokens.name();
          List<VariableDefinition> variables = variables();
          directives();
          operations.add(new Operation(name, variables, selections()));
        } else if (tokens.skip("fragment")) {
          String name = tokens.name();
          tokens.expect("on");
          String type = tokens.name();
          directives();
          fragments.put(name, new Fragment(type, selections()));
        } else {
          throw tokens.unexpected();
        }
      }
    }

    private List<VariableDefinition> variables() throws Invalid {
      List<VariableDefinition> variables = new ArrayList<>();
      if (tokens.skip("(")) {
        while (!tokens.skip(")")) {
          tokens.expect("$");
          String name = tokens.name();
          tokens.expect(":");
          String type = tokens.type();
          Object standard = tokens.skip("=") ? value() : null;
          variables.add(new VariableDefinition(name, type, standard));
        }
      }
      return variables;
    }

    private List<Selection> selections() throws Invalid {
      List<Selection> selections = new ArrayList<>();
      tokens.expect("{");
      while (!tokens.skip("}")) {
        int line = tokens.line();
        int column = tokens.column();
        if (tokens.skip("...")) {
          if (tokens.looksAt("{") || tokens.looksAt("@")) {
            selections.add(new Inline(null, directives(), selections()));
          } else if (tokens.skip("on")) {
            selections.add(new Inline(tokens.name(), directives(), selections()));
          } else {
            selections.add(new Spread(tokens.name(), directives(), line, column));
          }
        } else {
          selections.add(field(line, column));
        }
      }
      if (selections.isEmpty()) {
        throw tokens.unexpected();
      }
      return selections;
    }

    private Field field(int line, int column) throws Invalid {
      String alias = tokens.name();
      String name = tokens.skip(":") ? tokens.name() : alias;
      Map<String, @Nullable Object> arguments = arguments();
      List<Directive> directives = directives();
      List<Selection> inner = tokens.looksAt("{") ? selections() : List.of();
      return new Field(alias, name, arguments, directives, inner, line, column);
    }

    private Map<String, @Nullable Object> arguments() throws Invalid {
      Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
      if (tokens.skip("(")) {
        while (!tokens.skip(")")) {
          String name = tokens.name();
          tokens.expect(":");
          arguments.put(name, value());
        }
      }
      return arguments;
    }

    private List<Directive> directives() throws Invalid {
      List<Directive> directives = new ArrayList<>();
      while (tokens.skip("@")) {
        directives.add(new Directive(tokens.name(), arguments()));
      }
      return directives;
    }

    private @Nullable Object value() throws Invalid {
      if (tokens.skip("$")) {
        return new Variable(tokens.name());
      }
      if (tokens.skip("[")) {
        List<@Nullable Object> list = new ArrayList<>();
        while (!tokens.skip("]")) {
          list.add(value());
        }
        return list;
      }
      if (tokens.skip("{")) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (!tokens.skip("}")) {
          String name = tokens.name();
          tokens.expect(":");
          map.put(name, value());
        }
        return map;
      }
      return tokens.constant();
    }
  }
}
