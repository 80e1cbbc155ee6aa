package io.github.sparkpysocial.testkit.community;

import io.github.sparkpysocial.model.AccountRef;
import java.util.Objects;

/**
 * An account and how much it did.
 *
 * @param account who
 * @param count how many posts, commits or events
 */
public record Ranked(AccountRef account, long count) {
  public Ranked {
    Objects.requireNonNull(account, "account");
  }
}
