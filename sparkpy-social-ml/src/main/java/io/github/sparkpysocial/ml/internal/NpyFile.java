package io.github.sparkpysocial.ml.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Numbers in NumPy's format, version 1.0
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): a header that says type
 * and shape, then the numbers, little-endian, row after row. Any language reads it.
 */
final class NpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '(<f8|<i4)', 'fortran_order': False, 'shape': \\(([0-9, ]*)\\), \\}\\s*");
  private static final int CHUNK = 1 << 16;
  private static final int ALIGNMENT = 64;

  private NpyFile() {}

  static void write(OutputStream out, double[] values, int... shape) throws IOException {
    ByteBuffer buffer = header("<f8", values.length, shape);
    for (double value : values) {
      buffer = roomFor(Double.BYTES, buffer, out).putDouble(value);
    }
    flush(buffer, out);
  }

  static void write(OutputStream out, int[] values, int... shape) throws IOException {
    ByteBuffer buffer = header("<i4", values.length, shape);
    for (int value : values) {
      buffer = roomFor(Integer.BYTES, buffer, out).putInt(value);
    }
    flush(buffer, out);
  }

  /**
   * @param file what to call the file in messages
   */
  static double[] doubles(String file, byte[] bytes) throws IOException {
    ByteBuffer data = data(file, bytes, "<f8", Double.BYTES);
    double[] values = new double[data.remaining() / Double.BYTES];
    data.asDoubleBuffer().get(values);
    return values;
  }

  /**
   * @param file what to call the file in messages
   */
  static int[] ints(String file, byte[] bytes) throws IOException {
    ByteBuffer data = data(file, bytes, "<i4", Integer.BYTES);
    int[] values = new int[data.remaining() / Integer.BYTES];
    data.asIntBuffer().get(values);
    return values;
  }

  private static ByteBuffer header(String type, int length, int... shape) {
    if (Arrays.stream(shape).reduce(1, (a, b) -> a * b) != length) {
      throw new IllegalArgumentException(
          length + " numbers do not fill the shape " + Arrays.toString(shape));
    }
    String sizes = Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    String text =
        "{'descr': '"
            + type
            + "', 'fortran_order': False, 'shape': ("
            + sizes
            + (shape.length == 1 ? ",)" : ")")
            + ", }";
    int unpadded = MAGIC.length + Short.BYTES + text.length() + 1;
    int padding = (ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT;
    return ByteBuffer.allocate(CHUNK)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putShort((short) (text.length() + padding + 1))
        .put((text + " ".repeat(padding) + '\n').getBytes(StandardCharsets.US_ASCII));
  }

  private static ByteBuffer roomFor(int bytes, ByteBuffer buffer, OutputStream out)
      throws IOException {
    if (buffer.remaining() < bytes) {
      flush(buffer, out);
    }
    return buffer;
  }

  private static void flush(ByteBuffer buffer, OutputStream out) throws IOException {
    Channels.newChannel(out).write(buffer.flip());
    buffer.clear();
  }

  /** Returns the numbers after the header, once it is what we write. */
  private static ByteBuffer data(String file, byte[] content, String type, int bytes)
      throws IOException {
    ByteBuffer all = ByteBuffer.wrap(content);
    all.order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[MAGIC.length];
    if (all.remaining() < MAGIC.length + Short.BYTES) {
      throw new IOException(file + " is cut off; copy the model again");
    }
    all.get(magic);
    int length = Short.toUnsignedInt(all.getShort());
    if (!Arrays.equals(magic, MAGIC) || all.remaining() < length) {
      throw new IOException(file + " is no array in NumPy's format; copy the model again");
    }
    byte[] header = new byte[length];
    all.get(header);
    Matcher said = HEADER.matcher(new String(header, StandardCharsets.US_ASCII));
    if (!said.matches() || !said.group(1).equals(type)) {
      throw new IOException(file + " does not hold an array of " + type + "; copy the model again");
    }
    long values =
        Arrays.stream(said.group(2).split(",", -1))
            .map(String::strip)
            .filter(size -> !size.isEmpty())
            .mapToLong(Long::parseLong)
            .reduce(1, (a, b) -> a * b);
    if (all.remaining() != values * bytes) {
      throw new IOException(
          file + " has " + all.remaining() + " bytes for " + values + " numbers; copy it again");
    }
    return all.slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
