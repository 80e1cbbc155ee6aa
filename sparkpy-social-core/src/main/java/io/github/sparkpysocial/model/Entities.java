package io.github.sparkpysocial.model;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a text refers to. Offsets count Unicode code points from the start of the post's text;
 * {@code start} is the sign or first character, {@code end} is exclusive. Lists are unmodifiable,
 * in the order of the text.
 *
 * @param hashtags the hashtags, without their sign
 * @param mentions the accounts mentioned, without their sign
 * @param urls the links
 * @param cashtags the ticker symbols, without their sign
 */
public record Entities(
    List<Hashtag> hashtags, List<Mention> mentions, List<Url> urls, List<Cashtag> cashtags)
    implements Serializable {

  /** No entities. */
  public static final Entities NONE = new Entities(List.of(), List.of(), List.of(), List.of());

  public Entities {
    hashtags = List.copyOf(hashtags);
    mentions = List.copyOf(mentions);
    urls = List.copyOf(urls);
    cashtags = List.copyOf(cashtags);
  }

  /** A hashtag; {@code text} as it is written, without {@code #}. */
  public record Hashtag(String text, int start, int end) implements Serializable {
    public Hashtag {
      Objects.requireNonNull(text, "text");
      checkOffsets(start, end);
    }
  }

  /**
   * A mention of an account; {@code handle} without {@code @}, {@code id} where the network tells
   * it.
   */
  public record Mention(String handle, @Nullable String id, int start, int end)
      implements Serializable {
    public Mention {
      Objects.requireNonNull(handle, "handle");
      checkOffsets(start, end);
    }
  }

  /**
   * A link; {@code url} as it stands in the text, {@code expandedUrl} where it leads if the network
   * tells.
   */
  public record Url(String url, @Nullable String expandedUrl, int start, int end)
      implements Serializable {
    public Url {
      Objects.requireNonNull(url, "url");
      checkOffsets(start, end);
    }
  }

  /** A ticker symbol; {@code text} without {@code $}. */
  public record Cashtag(String text, int start, int end) implements Serializable {
    public Cashtag {
      Objects.requireNonNull(text, "text");
      checkOffsets(start, end);
    }
  }

  private static void checkOffsets(int start, int end) {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "An entity's offsets are 0 <= start <= end, were " + start + " and " + end);
    }
  }
}
