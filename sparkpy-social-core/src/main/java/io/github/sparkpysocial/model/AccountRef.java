package io.github.sparkpysocial.model;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An account as another record refers to it. Everything is optional: an anonymous committer has
 * only a name, an exported table only a handle.
 *
 * @param id the network's id, which never changes
 * @param handle what follows the {@code @}, without it; people change it
 * @param name the display name
 */
public record AccountRef(@Nullable String id, @Nullable String handle, @Nullable String name)
    implements Serializable {

  /** Nothing is known of the account. */
  public static final AccountRef UNKNOWN = new AccountRef(null, null, null);

  /**
   * Returns the best label to show: the handle, else the name, else the id, else {@code unknown}.
   */
  public String label() {
    if (handle != null) {
      return handle;
    }
    if (name != null) {
      return name;
    }
    return id != null ? id : "unknown";
  }
}
