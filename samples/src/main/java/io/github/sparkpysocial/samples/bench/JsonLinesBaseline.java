package io.github.sparkpysocial.samples.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies each object from Jackson's parser to its generator. */
final class JsonLinesBaseline extends FileBaseline {
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .rootValueSeparator("\n")
          .build();

  JsonLinesBaseline(Path directory) {
    super(directory, ".jsonl");
  }

  @Override
  public String name() {
    return "Jackson's streaming parser and generator";
  }

  @Override
  public long load(Path jsonLines, String targetUri) throws IOException {
    Path target = Path.of(targetUri);
    long records = 0;
    try (var in = Files.newInputStream(jsonLines);
        JsonParser json = JSON.createParser(in);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 16);
        JsonGenerator lines = JSON.createGenerator(out)) {
      while (json.nextToken() != null) {
        lines.copyCurrentStructure(json);
        records++;
      }
      lines.writeRaw('\n');
    }
    sync(target);
    return records;
  }
}
