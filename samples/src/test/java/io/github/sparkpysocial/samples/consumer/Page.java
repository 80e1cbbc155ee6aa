package io.github.sparkpysocial.samples.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation, for what a reader would copy from it. */
record Page(String name, String text) {
  static Page of(String name) throws IOException {
    return new Page(name, Files.readString(Path.of("..").resolve(name)));
  }

  /** Returns the block of code below a marker, such as {@code <!-- consumer: draw Draw -->}. */
  String block(String marker) {
    return only(Pattern.quote("<!-- " + marker + " -->") + "\\n```\\w+\\n(.*?)```");
  }

  /** Returns the only block of XML with this element at its top. */
  String xml(String element) {
    return only("```xml\\n(<" + element + ">.*?</" + element + ">\\n)```");
  }

  private String only(String pattern) {
    Matcher block = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
    assertThat(block.find()).as(name + " has " + pattern).isTrue();
    return block.group(1);
  }
}
