package io.github.sparkpysocial.store;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes text and refuses what is none, instead of putting question marks. Not thread-safe. */
final class Utf8 {
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);

  String decode(byte[] bytes) throws BadItemException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf(0) >= 0 || text.indexOf('\uFFFD') >= 0) {
      return decodeStrictly(bytes); // the replacement may be there by right
    }
    return text;
  }

  private String decodeStrictly(byte[] bytes) throws BadItemException {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        throw new BadItemException(
            null,
            "holds a NUL byte, at byte "
                + (i + 1)
                + "; the file may be damaged, or be UTF-16: convert it to UTF-8");
      }
    }
    ByteBuffer input = ByteBuffer.wrap(bytes);
    try {
      CharBuffer text = decoder.decode(input);
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new BadItemException(
          null,
          "is not valid UTF-8, at byte "
              + (input.position() + 1)
              + "; convert the file to UTF-8 if it is in another encoding");
    }
  }
}
