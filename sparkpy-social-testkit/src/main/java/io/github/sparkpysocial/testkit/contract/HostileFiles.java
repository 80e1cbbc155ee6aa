package io.github.sparkpysocial.testkit.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Files as other tools, crashes and malice leave them. Whoever reads them gets what can be read;
 * the rest is set aside with line and reason, and reading goes on. The same ones each time.
 */
public final class HostileFiles {

  /**
   * A file.
   *
   * @param name its name, whose ending says the format
   * @param bytes what is in it
   * @param readable how many posts can be read from it
   * @param broken how many items cannot, and are set aside
   */
  @SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
  public record HostileFile(String name, byte[] bytes, int readable, int broken) {
    public HostileFile {
      Objects.requireNonNull(name, "name");
      bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
      return bytes.clone();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final String GOOD = "{\"id\":\"1\",\"text\":\"good\"}\n";
  private static final String LAST = "{\"id\":\"2\",\"text\":\"good, too\"}\n";

  private HostileFiles() {}

  /** Returns all files. */
  public static List<HostileFile> all() {
    return List.of(
        lines("not JSON", "no JSON at all\n", 1),
        lines("cut", "{\"id\":\"3\",\"text\":\"cut\n", 1),
        lines("two values", "{\"id\":\"3\",\"text\":\"a\"} {\"id\":\"4\",\"text\":\"b\"}\n", 1),
        lines("no object", "[1,2]\n\"text\"\n17\ntrue\nnull\n", 5),
        lines("nothing in it", "{}\n", 1),
        lines("no text", "{\"id\":\"3\"}\n", 1),
        lines("no id", "{\"text\":\"whose\"}\n", 1),
        lines("id is null", "{\"id\":null,\"text\":\"whose\"}\n", 1),
        lines("rounded", "{\"id\":\"1.23457E+18\",\"text\":\"a spreadsheet was here\"}\n", 1),
        lines("deep", "{\"id\":\"3\",\"text\":\"deep\",\"a\":" + "[".repeat(100_000) + "\n", 1),
        lines(
            "number", "{\"id\":\"3\",\"text\":\"a\",\"n\":1e999999999999}\n{\"id\":\"4\",\n", 1, 1),
        lines("blank lines", "\n\n   \n\t\n", 0),
        lines("record of no kind", "{\"record\":\"tweet\",\"network\":\"x\",\"id\":\"3\"}\n", 1),
        lines(
            "column of a wrong type",
            """
            {"record":"post","network":"x","id":3,"text":"a"}
            {"record":"post","network":"x","id":"3","text":{}}
            {"record":"post","network":"x","id":"3","text":"a","likes":"many"}
            {"record":"post","network":"x","id":"3","text":"a","created_at":"2016-12-31T25:00:00Z"}
            {"record":"post","network":"X Y","id":"3","text":"a"}
            """,
            5),
        file(
            "bytes.jsonl",
            join(GOOD, new byte[] {'{', (byte) 0xFF, (byte) 0xC0, '}', '\n'}, LAST),
            2,
            1),
        file("nul.jsonl", join(GOOD, new byte[] {0, 0, 0, '\n'}, LAST), 2, 1),
        file("mark.jsonl", join("\uFEFF" + GOOD, new byte[0], LAST), 2, 0),
        file("windows.jsonl", text((GOOD + LAST).replace("\n", "\r\n")), 2, 0),
        file("no end.jsonl", text(GOOD + LAST.strip()), 2, 0),
        file("empty.jsonl", new byte[0], 0, 0),
        file("empty.csv", new byte[0], 0, 0),
        file("blank.jsonl", text("\n \n"), 0, 0),
        file("broken off.jsonl.gz", brokenOff(), 2, 1),
        file("header.csv", text("id,text\n"), 0, 0),
        file("mark.csv", text("\uFEFFid,text\n1,a\n2,b\n"), 2, 0),
        file("lines in cells.csv", text("id,text\n1,\"a\nb\"\"c\"\n2,\"\r\n,\"\n"), 2, 0),
        file(
            "short and long rows.csv",
            text("id,text,lang\n1,a,en\n2\n3,b,en,more\n4,c,en\n"),
            2,
            2),
        file("empty id.csv", text("id,text\n,a\n1,b\n"), 1, 1),
        file("formulas.csv", text("id,text\n1,=1+1\n2,\"@SUM(A1)\"\n"), 2, 0));
  }

  private static HostileFile lines(String name, String hostile, int broken) {
    return lines(name, hostile, 0, broken);
  }

  /** Puts lines between two good ones. */
  private static HostileFile lines(String name, String hostile, int readable, int broken) {
    return file(name + ".jsonl", text(GOOD + hostile + LAST), 2 + readable, broken);
  }

  private static HostileFile file(String name, byte[] bytes, int readable, int broken) {
    return new HostileFile(name, bytes, readable, broken);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] join(String first, byte[] hostile, String last) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(text(first));
    bytes.writeBytes(hostile);
    bytes.writeBytes(text(last));
    return bytes.toByteArray();
  }

  /** Has two whole lines in one member, and a member that is cut. */
  private static byte[] brokenOff() {
    byte[] whole = packed(GOOD + LAST);
    byte[] cut =
        packed(
            "{\"id\":\"3\",\"text\":\""
                + HostileTexts.random(new Random(3), 500).replaceAll("[\\p{Cntrl}\"\\\\]", "")
                + "\"}\n");
    return concat(whole, Arrays.copyOf(cut, cut.length / 2));
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] packed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text(text));
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
