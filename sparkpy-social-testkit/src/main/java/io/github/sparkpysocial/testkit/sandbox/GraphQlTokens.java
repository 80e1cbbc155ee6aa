package io.github.sparkpysocial.testkit.sandbox;

import io.github.sparkpysocial.testkit.sandbox.GraphQl.EnumValue;
import io.github.sparkpysocial.testkit.sandbox.GraphQl.Invalid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tokens of a GraphQL document, read one after the other. */
final class GraphQlTokens {

  private enum Kind {
    NAME,
    NUMBER,
    STRING,
    SIGN,
    END
  }

  private record Token(Kind kind, String text, int line, int column) {}

  private final List<Token> tokens = new ArrayList<>();
  private int at;

  GraphQlTokens(String text) throws Invalid {
    int line = 1;
    int lineStart = 0;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      int column = i - lineStart + 1;
      if (c == '\n') {
        line++;
        lineStart = i + 1;
        i++;
      } else if (Character.isWhitespace(c) || c == ',' || c == '\uFEFF') {
        i++;
      } else if (c == '#') {
        while (i < text.length() && text.charAt(i) != '\n') {
          i++;
        }
      } else if (isNameStart(c)) {
        int start = i;
        while (i < text.length() && (isNameStart(text.charAt(i)) || isDigit(text.charAt(i)))) {
          i++;
        }
        tokens.add(new Token(Kind.NAME, text.substring(start, i), line, column));
      } else if (c == '-' || isDigit(c)) {
        int start = i++;
        while (i < text.length() && "0123456789.eE+-".indexOf(text.charAt(i)) >= 0) {
          i++;
        }
        tokens.add(new Token(Kind.NUMBER, text.substring(start, i), line, column));
      } else if (c == '"') {
        StringBuilder string = new StringBuilder();
        int end = string(text, i, string);
        tokens.add(new Token(Kind.STRING, string.toString(), line, column));
        for (int k = i; k < end; k++) {
          if (text.charAt(k) == '\n') {
            line++;
            lineStart = k + 1;
          }
        }
        i = end;
      } else if (text.startsWith("...", i)) {
        tokens.add(new Token(Kind.SIGN, "...", line, column));
        i += 3;
      } else if ("{}()[]:=!$@|&".indexOf(c) >= 0) {
        tokens.add(new Token(Kind.SIGN, String.valueOf(c), line, column));
        i++;
      } else {
        throw new Invalid(
            "InvalidSyntax", "Invalid syntax with offending token '" + c + "'", line, column);
      }
    }
    tokens.add(new Token(Kind.END, "<EOF>", line, Math.max(1, i - lineStart + 1)));
  }

  /** Reads a string or block string; returns the place after it. */
  private static int string(String text, int start, StringBuilder into) throws Invalid {
    if (text.startsWith("\"\"\"", start)) {
      int end = text.indexOf("\"\"\"", start + 3);
      if (end < 0) {
        throw new Invalid("InvalidSyntax", "A block string does not end", 0, 0);
      }
      into.append(text, start + 3, end);
      return end + 3;
    }
    int i = start + 1;
    while (i < text.length() && text.charAt(i) != '"' && text.charAt(i) != '\n') {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        char escaped = text.charAt(i);
        if (escaped == 'u' && i + 4 < text.length()) {
          try {
            into.append((char) Integer.parseInt(text, i + 1, i + 5, 16));
          } catch (NumberFormatException e) {
            throw new Invalid("InvalidSyntax", "A string has a broken escape", 0, 0);
          }
          i += 4;
        } else {
          into.append(
              switch (escaped) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'r' -> '\r';
                case 'b' -> '\b';
                case 'f' -> '\f';
                default -> escaped;
              });
        }
      } else {
        into.append(c);
      }
      i++;
    }
    if (i >= text.length() || text.charAt(i) != '"') {
      throw new Invalid("InvalidSyntax", "A string does not end", 0, 0);
    }
    return i + 1;
  }

  private static boolean isNameStart(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private Token next() {
    return tokens.get(at);
  }

  boolean atEnd() {
    return next().kind == Kind.END;
  }

  int line() {
    return next().line;
  }

  int column() {
    return next().column;
  }

  /** Returns whether the next token is this sign or word. */
  boolean looksAt(String text) {
    Token token = next();
    return (token.kind == Kind.SIGN || token.kind == Kind.NAME) && token.text.equals(text);
  }

  boolean skip(String text) {
    if (looksAt(text)) {
      at++;
      return true;
    }
    return false;
  }

  void expect(String text) throws Invalid {
    if (!skip(text)) {
      throw unexpected();
    }
  }

  String name() throws Invalid {
    if (next().kind != Kind.NAME) {
      throw unexpected();
    }
    return tokens.get(at++).text;
  }

  /** Reads a type such as {@code [EventStatus!]!}. */
  String type() throws Invalid {
    StringBuilder type = new StringBuilder();
    if (skip("[")) {
      type.append('[').append(type()).append(']');
      expect("]");
    } else {
      type.append(name());
    }
    if (skip("!")) {
      type.append('!');
    }
    return type.toString();
  }

  /** Reads a number, a string, true, false, null or the value of an enumeration. */
  @Nullable Object constant() throws Invalid {
    Token token = next();
    if (token.kind == Kind.SIGN || token.kind == Kind.END) {
      throw unexpected();
    }
    at++;
    if (token.kind == Kind.STRING) {
      return token.text;
    }
    if (token.kind == Kind.NUMBER) {
      try {
        return token.text.matches("-?[0-9]+")
            ? (Object) Long.valueOf(token.text)
            : (Object) Double.valueOf(token.text);
      } catch (NumberFormatException e) {
        at--;
        throw unexpected();
      }
    }
    return switch (token.text) {
      case "true" -> true;
      case "false" -> false;
      case "null" -> null;
      default -> new EnumValue(token.text);
    };
  }

  Invalid unexpected() {
    Token token = next();
    return new Invalid(
        "InvalidSyntax",
        "Invalid syntax with offending token '"
            + token.text
            + "' at line "
            + token.line
            + " column "
            + token.column,
        token.line,
        token.column);
  }
}
