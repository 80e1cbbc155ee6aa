package io.github.sparkpysocial.connectors.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import twitter4j.Twitter;
import twitter4j.TwitterException;
import twitter4j.v1.Query;
import twitter4j.v1.QueryResult;
import twitter4j.v1.Status;

/**
 * twitter4j, which knows nothing of us, at the same sandbox: an independent judge of the server, of
 * the signatures it checks, and of what our client reads. Its signatures bear the system's time, so
 * the community lives now.
 */
class XV1PeerTest {
  private final Community community =
      Community.builder()
          .seed(22)
          .people(30)
          .posts(400)
          .now(Instant.now().truncatedTo(ChronoUnit.SECONDS))
          .build();

  private final XWorld x = XWorld.start(community, Sandbox.builder(community));

  @AfterEach
  void breaksNoRule() {
    x.close();
    assertThat(x.sandbox.violations()).isEmpty();
  }

  @Test
  void theOtherLibraryFindsTheSamePostsAtTheSameServer() throws TwitterException {
    List<String> theirs = new ArrayList<>();
    Map<String, String> texts = new HashMap<>();
    Twitter twitter = twitter("sandbox");
    Query query = Query.of("kafka").count(20).resultType(Query.RECENT);
    while (query != null && theirs.size() < 60) {
      QueryResult page = twitter.v1().search().search(query);
      for (Status status : page.getTweets()) {
        theirs.add(Long.toString(status.getId()));
        if (status.getRetweetedStatus() == null) {
          texts.put(Long.toString(status.getId()), status.getText());
        }
      }
      query = page.hasNext() ? page.nextQuery() : null;
    }

    Map<String, String> environment = new HashMap<>(x.sandbox.environment());
    environment.putAll(XV1ClientTest.OAUTH);
    List<Post> ours =
        XV1Client.open(new SourceOptions(environment, x.clock))
            .search("kafka")
            .records()
            .map(Post.class::cast)
            .toList();

    assertThat(theirs).isNotEmpty();
    assertThat(ours).extracting(Post::id).startsWith(theirs.toArray(new String[0]));
    assertThat(texts).isNotEmpty();
    for (Post post : ours) {
      if (texts.containsKey(post.id())) {
        assertThat(post.text()).isEqualTo(texts.get(post.id()));
      }
    }
  }

  private Twitter twitter(String secret) {
    Properties properties = new Properties();
    properties.setProperty("restBaseURL", x.sandbox.uri() + "/1.1/");
    Twitter.TwitterBuilder builder = Twitter.newBuilder();
    builder.load(properties);
    builder.oAuthConsumer("sandbox", "sandbox");
    builder.oAuthAccessToken("sandbox", secret);
    return builder.build();
  }

  @Test
  void theSandboxRefusesAWrongSignatureOfTheOtherLibrary() {
    assertThatThrownBy(() -> twitter("wrong").v1().search().search(Query.of("kafka")))
        .isInstanceOfSatisfying(
            TwitterException.class,
            e -> {
              assertThat(e.getStatusCode()).isEqualTo(401);
              assertThat(e.getErrorCode()).isEqualTo(32);
            });
  }

  @Test
  void itReadsTheSameLimits() throws Exception {
    var status =
        Objects.requireNonNull(
            twitter("sandbox").v1().help().getRateLimitStatus().get("/search/tweets"));
    Map<String, String> environment = new HashMap<>(x.sandbox.environment());
    environment.putAll(XV1ClientTest.OAUTH);

    var ours =
        XV1Client.open(new SourceOptions(environment, x.clock)).limits().stream()
            .filter(limit -> limit.key().equals("/search/tweets"))
            .findFirst()
            .orElseThrow();

    assertThat(ours.limit()).isEqualTo(status.getLimit());
    assertThat(ours.remaining()).isEqualTo(status.getRemaining());
    assertThat(
            Duration.between(ours.resetsAt(), Instant.ofEpochSecond(status.getResetTimeInSeconds()))
                .abs())
        .isLessThan(Duration.ofSeconds(5));
  }
}
