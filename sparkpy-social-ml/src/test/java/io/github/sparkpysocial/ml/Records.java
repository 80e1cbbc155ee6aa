package io.github.sparkpysocial.ml;

import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Engagement;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.GeoBox;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import java.time.Instant;
import java.util.List;

/** Records that several tests use. */
public final class Records {
  /** A post with a value in every column. */
  public static final Post FULL =
      Post.builder(Network.X, "1", "Hello #spark @ada see https://x.example $AAPL 👋")
          .kind(Post.Kind.REPLY)
          .language("en")
          .createdAt(Instant.parse("2026-11-01T12:00:00.123456Z"))
          .createdAtText("Sun Nov 01 12:00:00 +0000 2026")
          .author(new AccountRef("7", "grace", "Grace"))
          .inReplyToId("0")
          .inReplyToAuthorId("8")
          .repostOfId("r")
          .repostOfAuthorId("ra")
          .quoteOfId("q")
          .conversationId("c")
          .entities(
              new Entities(
                  List.of(new Entities.Hashtag("spark", 6, 12)),
                  List.of(
                      new Entities.Mention("ada", "9", 13, 17),
                      new Entities.Mention("nobody", null, 13, 17)),
                  List.of(new Entities.Url("https://x.example", null, 22, 39)),
                  List.of(new Entities.Cashtag("AAPL", 40, 45))))
          .mediaUrls(List.of("https://m.example/1", "https://m.example/2"))
          .place(
              Place.within(
                  new GeoBox(new GeoPoint(38, -10), new GeoPoint(39, -9)), "p", "Lisbon", "PT"))
          .engagement(new Engagement(1L, 2L, 3L, 4L, null))
          .source("web")
          .url("https://x.example/1")
          .sensitive(false)
          .provenance(
              new Provenance("x:search?q=spark", Instant.parse("2026-11-02T00:00:00Z"), "t/1"))
          .raw("{\"id\":1}")
          .build();

  private Records() {}

  /** A post of which only the text is known. */
  public static Post post(String id, String text) {
    return Post.builder(Network.LOCAL, id, text).build();
  }
}
