package io.github.sparkpysocial.testkit.sandbox;

import io.github.sparkpysocial.client.Secret;
import io.github.sparkpysocial.http.Redaction;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes secrets out of what is recorded. Immutable. */
final class Scrubber {
  private static final String MASK = "***";
  private static final String NAMES =
      "(?:access_?token|refresh_?token|id_?token|oauth_?token|oauth_token_secret|auth_?token"
          + "|client_?secret|consumer_?secret|api_?key|apikey|password|passwd|secret|assertion"
          + "|authorization|cookie|session_?id|csrf_?token|accessJwt|refreshJwt|code_verifier)";
  private static final Pattern JSON_FIELD =
      Pattern.compile("(?i)(\"" + NAMES + "\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)*");

  /** The same within a text of JSON, where the quotes are escaped. */
  private static final Pattern INNER_JSON_FIELD =
      Pattern.compile("(?i)(\\\\\"" + NAMES + "\\\\\"\\s*:\\s*\\\\\")(?:(?!\\\\\").)*");

  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?i)((?:^|[?&;])(?:" + NAMES + "|token|key|code|sig|signature)=)[^&;#\\s\"<>]*");

  private final List<Secret> secrets;
  private final Set<String> literals = new LinkedHashSet<>();

  Scrubber(List<Secret> secrets) {
    this.secrets = List.copyOf(secrets);
    for (Secret secret : secrets) {
      String value = secret.reveal();
      literals.add(value);
      literals.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
      String json = value.replace("\\", "\\\\").replace("\"", "\\\"");
      literals.add(json);
      literals.add(json.replace("/", "\\/"));
      literals.add(Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
    }
  }

  Scrubber with(List<Secret> more) {
    List<Secret> all = new ArrayList<>(secrets);
    all.addAll(more);
    return new Scrubber(all);
  }

  String uri(URI uri) {
    return literals(Redaction.uri(uri));
  }

  String header(String name, String value) {
    return text(Redaction.header(name, value));
  }

  String text(String text) {
    String shown = JSON_FIELD.matcher(literals(text)).replaceAll("$1" + MASK);
    shown = INNER_JSON_FIELD.matcher(shown).replaceAll("$1" + MASK);
    shown = PARAMETER.matcher(shown).replaceAll("$1" + MASK);
    return Redaction.text(shown);
  }

  /** Scrubs a text; of what is none, the secrets given alone. */
  byte[] bytes(byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return text(text).getBytes(StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      return literals(new String(body, StandardCharsets.ISO_8859_1))
          .getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  private String literals(String text) {
    String shown = text;
    for (String literal : literals) {
      shown = shown.replace(literal, MASK);
    }
    return shown;
  }
}
