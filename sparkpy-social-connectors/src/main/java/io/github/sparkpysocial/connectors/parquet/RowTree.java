package io.github.sparkpysocial.connectors.parquet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Makes a map of each row, of any schema: groups become maps, lists become lists, however their
 * writer nested them. What is null is left out; a row is a new map each time.
 */
final class RowTree extends RecordMaterializer<Map<String, @Nullable Object>> {
  private final Struct root;
  private Map<String, @Nullable Object> row = Map.of();

  RowTree(MessageType schema) {
    this.root = new Struct(schema, row -> this.row = row);
  }

  @Override
  public Map<String, @Nullable Object> getCurrentRecord() {
    return row;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  private static Converter converter(Type type, Consumer<Object> parent) {
    if (type.isPrimitive()) {
      return new Leaves(type.asPrimitiveType(), parent);
    }
    GroupType group = type.asGroupType();
    if (group.getFieldCount() == 1 && group.getType(0).isRepetition(Type.Repetition.REPEATED)) {
      if (group.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation) {
        return new Elements(group, parent);
      }
      if (group.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation) {
        return new Entries(group, parent);
      }
    }
    return new Struct(group, parent::accept);
  }

  /** A group of fields; one that repeats without being called a list becomes a list, too. */
  private static final class Struct extends GroupConverter {
    private final Converter[] fields;
    private final Consumer<Map<String, @Nullable Object>> parent;
    private Map<String, @Nullable Object> values = Map.of();

    Struct(GroupType group, Consumer<Map<String, @Nullable Object>> parent) {
      this.fields = new Converter[group.getFieldCount()];
      this.parent = parent;
      for (int i = 0; i < fields.length; i++) {
        Type field = group.getType(i);
        String name = field.getName();
        fields[i] =
            converter(
                field,
                field.isRepetition(Type.Repetition.REPEATED)
                    ? value -> append(name, value)
                    : value -> values.put(name, value));
      }
    }

    private void append(String name, Object value) {
      List<@Nullable Object> list = new ArrayList<>();
      if (values.get(name) instanceof List<?> before) {
        list.addAll(before);
      }
      list.add(value);
      values.put(name, list);
    }

    @Override
    public Converter getConverter(int field) {
      return fields[field];
    }

    @Override
    public void start() {
      values = new LinkedHashMap<>();
    }

    @Override
    public void end() {
      parent.accept(values);
    }
  }

  /** A list, of three levels as the format wants it, or of two as old writers did. */
  private static final class Elements extends GroupConverter {
    private final Consumer<Object> parent;
    private final Converter repeated;
    private List<@Nullable Object> list = List.of();

    Elements(GroupType group, Consumer<Object> parent) {
      this.parent = parent;
      Type element = group.getType(0);
      boolean wrapped =
          !element.isPrimitive()
              && element.asGroupType().getFieldCount() == 1
              && !element.getName().equals("array")
              && !element.getName().equals(group.getName() + "_tuple");
      this.repeated =
          wrapped
              ? new Wrapper(element.asGroupType(), value -> list.add(value))
              : converter(element, value -> list.add(value));
    }

    @Override
    public Converter getConverter(int field) {
      return repeated;
    }

    @Override
    public void start() {
      list = new ArrayList<>();
    }

    @Override
    public void end() {
      parent.accept(list);
    }
  }

  /** The middle level of a list: holds an element, or nothing for a null. */
  private static final class Wrapper extends GroupConverter {
    private final Consumer<@Nullable Object> parent;
    private final Converter element;
    private @Nullable Object value;

    Wrapper(GroupType group, Consumer<@Nullable Object> parent) {
      this.parent = parent;
      this.element = converter(group.getType(0), found -> value = found);
    }

    @Override
    public Converter getConverter(int field) {
      return element;
    }

    @Override
    public void start() {
      value = null;
    }

    @Override
    public void end() {
      parent.accept(value);
    }
  }

  /** A map by the text of its keys. */
  private static final class Entries extends GroupConverter {
    private final Consumer<Object> parent;
    private final Struct entry;
    private Map<String, @Nullable Object> map = Map.of();

    Entries(GroupType group, Consumer<Object> parent) {
      this.parent = parent;
      GroupType keyValue = group.getType(0).asGroupType();
      this.entry =
          new Struct(
              keyValue,
              found ->
                  map.put(
                      String.valueOf(found.get(keyValue.getFieldName(0))),
                      keyValue.getFieldCount() > 1 ? found.get(keyValue.getFieldName(1)) : null));
    }

    @Override
    public Converter getConverter(int field) {
      return entry;
    }

    @Override
    public void start() {
      map = new LinkedHashMap<>();
    }

    @Override
    public void end() {
      parent.accept(map);
    }
  }
}
