package io.github.sparkpysocial.testkit.community;

import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a post does to other posts and accounts. */
final class PostInteractions {
  private PostInteractions() {}

  static Stream<Interaction> of(Post post) {
    Stream<Interaction> mentions =
        post.kind() == Post.Kind.REPOST
            ? Stream.empty()
            : post.entities().mentions().stream().distinct().map(m -> mention(post, m));
    return switch (post.kind()) {
      case ORIGINAL -> mentions;
      case REPLY ->
          Stream.concat(
              Stream.of(toPost(post, Interaction.Type.REPLY, post.inReplyToId())), mentions);
      case REPOST -> Stream.of(toPost(post, Interaction.Type.REPOST, post.repostOfId()));
      case QUOTE ->
          Stream.concat(
              Stream.of(toPost(post, Interaction.Type.QUOTE, post.quoteOfId())), mentions);
    };
  }

  private static Interaction toPost(Post post, Interaction.Type type, @Nullable String targetId) {
    return builder(post, type, String.valueOf(targetId))
        .targetKind(RecordKind.POST)
        .targetId(targetId)
        .build();
  }

  private static Interaction mention(Post post, Entities.Mention mention) {
    return builder(post, Interaction.Type.MENTION, mention.handle() + '@' + mention.start())
        .targetKind(RecordKind.ACCOUNT)
        .targetId(mention.id())
        .targetName(mention.handle())
        .build();
  }

  private static Interaction.Builder builder(Post post, Interaction.Type type, String target) {
    String id = type.name().toLowerCase(Locale.ROOT) + '/' + post.id() + '/' + target;
    return Interaction.builder(Network.X, id, type)
        .actor(post.author())
        .createdAt(post.createdAt())
        .url(post.url());
  }
}
