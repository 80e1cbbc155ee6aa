package io.github.sparkpysocial.samples.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.text.TextEntities;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Finds hashtags, mentions, links and ticker symbols: a line of JSON in, one out. */
@CommandLine.Command(
    name = "extract",
    description = {
      "Find the hashtags, mentions, links and ticker symbols of texts.",
      "",
      "Reads JSON Lines {\"text\":...} and writes for each, in the same order, a line {\"hashtags\":"
          + "[{\"text\",\"start\",\"end\"}...], \"mentions\":[...], \"urls\":[...], \"cashtags\":"
          + "[...]}. The text is without its sign; offsets count code points. A line that is no"
          + " such object is set aside and has no line in the result.",
      ""
    },
    footer = {
      "",
      "Example: the entities of one text",
      "  echo '{\"text\":\"#spark by @apache\"}' | sparkpy extract -"
    })
final class ExtractCommand extends Command {
  private static final JsonFactory JSON = new JsonFactory();

  @Parameters(paramLabel = "FILE", description = "JSON Lines; may be .gz; - reads the input.")
  private String file = "";

  @Mixin private QuarantineOption quarantineOption = new QuarantineOption();

  @Override
  int execute(Console console) throws IOException {
    long read = 0;
    long written = 0;
    try (QuarantineOption.Opened quarantine = quarantineOption.open(file);
        Lines lines = Lines.open(file)) {
      PrintWriter out = console.data();
      for (byte[] bytes = lines.next(); bytes != null; bytes = lines.next()) {
        String line = lines.text(bytes);
        if (line == null) {
          read++;
          quarantine.setAside(WordCountCommand.notUtf8(lines, bytes));
        } else if (!line.isBlank()) {
          read++;
          try {
            out.write(toJson(TextEntities.extract(textOf(line))));
            out.write('\n');
            written++;
          } catch (IllegalArgumentException e) {
            quarantine.setAside(
                new Rejected(
                    lines.place(), lines.number(), null, String.valueOf(e.getMessage()), bytes));
          }
          if (written % 1_000 == 0 && out.checkError()) {
            return ExitCode.DONE; // nobody reads any more, as in `sparkpy extract FILE | head`
          }
        }
      }
      return quarantine.finish(console, Map.of("read", read, "written", written));
    }
  }

  /**
   * Returns the text of a line.
   *
   * @throws IllegalArgumentException if it has none
   */
  private static String textOf(String line) throws IOException {
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("not a JSON object; write {\"text\": \"...\"}");
      }
      String text = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isText = parser.currentName().equals("text");
        JsonToken value = parser.nextToken();
        if (isText && value != JsonToken.VALUE_STRING) {
          throw new IllegalArgumentException("'text' is not a string");
        }
        if (isText) {
          text = parser.getText();
        }
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("more than one JSON value on the line");
      }
      if (text == null) {
        throw new IllegalArgumentException("the object has no 'text'");
      }
      return text;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "broken JSON at column " + e.getLocation().getColumnNr(), e);
    }
  }

  private static String toJson(Entities entities) throws IOException {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeArrayFieldStart("hashtags");
      for (Entities.Hashtag hashtag : entities.hashtags()) {
        write(json, hashtag.text(), hashtag.start(), hashtag.end());
      }
      json.writeEndArray();
      json.writeArrayFieldStart("mentions");
      for (Entities.Mention mention : entities.mentions()) {
        write(json, mention.handle(), mention.start(), mention.end());
      }
      json.writeEndArray();
      json.writeArrayFieldStart("urls");
      for (Entities.Url url : entities.urls()) {
        write(json, url.url(), url.start(), url.end());
      }
      json.writeEndArray();
      json.writeArrayFieldStart("cashtags");
      for (Entities.Cashtag cashtag : entities.cashtags()) {
        write(json, cashtag.text(), cashtag.start(), cashtag.end());
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return line.toString();
  }

  private static void write(JsonGenerator json, String text, int start, int end)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("text", text);
    json.writeNumberField("start", start);
    json.writeNumberField("end", end);
    json.writeEndObject();
  }
}
