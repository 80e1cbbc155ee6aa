package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.client.Secret;
import io.github.sparkpysocial.streaming.alert.Webhook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What is to be told of, and to whom. */
final class AlertOptions {
  @Option(
      names = "--alert",
      paramLabel = "WHAT",
      converter = AlertWish.Converter.class,
      description =
          "Tell when something is so: 'hashtag:spark > 20', 'word > 50 in 10m' (any word), 'posts >="
              + " 100 in 5m', 'silence 15m'. Without a time it is that of --window. May be given"
              + " several times. An alert comes --horizon after its posts, and tells their ids.")
  List<AlertWish> wishes = new ArrayList<>();

  @Option(
      names = "--alerts",
      paramLabel = "FILE",
      description =
          "Where alerts are kept as JSON Lines, each once. Default: alerts.jsonl in --checkpoint.")
  @Nullable Path file;

  @Option(
      names = "--alert-webhook",
      paramLabel = "VARIABLE",
      description =
          "The environment variable with the address that alerts are posted to as JSON; it is"
              + " treated as a secret.")
  private @Nullable String webhook;

  /** Returns where alerts are posted to, or {@code null}. */
  @Nullable Webhook webhook(CommandSpec spec) {
    if (webhook == null) {
      return null;
    }
    try {
      return Webhook.to(Secret.fromEnvironment(webhook)).build();
    } catch (RuntimeException e) {
      throw new ParameterException(spec.commandLine(), "--alert-webhook: " + e.getMessage(), e);
    }
  }
}
