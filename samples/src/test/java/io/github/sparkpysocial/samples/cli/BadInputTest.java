package io.github.sparkpysocial.samples.cli;

import static io.github.sparkpysocial.samples.cli.Ran.sparkpy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens with input that is not as it should be: told, with its place, and the rest kept. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the tests
class BadInputTest {
  @TempDir private Path directory;
  private Path target;
  private Path quarantine;

  @BeforeEach
  void names() {
    target = directory.resolve("target.jsonl");
    quarantine = directory.resolve("q.jsonl");
  }

  private Ran transfer(Object from) {
    return sparkpy("transfer", "--json", from, target, "--quarantine", quarantine);
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private static String post(int id) {
    return "{\"record\":\"post\",\"network\":\"x\",\"id\":\""
        + id
        + "\",\"text\":\"post "
        + id
        + "\"}";
  }

  private static String posts(int from, int to) {
    StringBuilder lines = new StringBuilder();
    for (int id = from; id <= to; id++) {
      lines.append(post(id)).append('\n');
    }
    return lines.toString();
  }

  private void hasSetAside(int line, String reason) throws IOException {
    String last = Files.readAllLines(quarantine).get(0);
    assertThat(Ran.parse(last).get("line").asInt()).isEqualTo(line);
    assertThat(Ran.parse(last).get("reason").asText()).containsIgnoringCase(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"analyze", "cluster", "explore", "wordcloud", "map", "transfer"})
  void aMissingFileIsNamedBeforeAnythingElseIsDone(String command) {
    String missing = directory.resolve("none.jsonl").toString();
    Ran ran =
        switch (command) {
          case "analyze" -> sparkpy(command, missing, "--out", directory.resolve("out"));
          case "cluster" -> sparkpy(command, missing, "--k", 2);
          case "wordcloud", "map" -> sparkpy(command, missing, "--out", directory.resolve("o.svg"));
          case "transfer" -> sparkpy(command, missing, target);
          default -> sparkpy(command, missing);
        };

    ran.endsWith(1);
    assertThat(ran.err()).contains("none.jsonl").doesNotContain("Exception");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void aFileWithoutTheRightToReadItSaysSo() throws IOException {
    Path file = write("secret.jsonl", posts(1, 2));
    Files.setPosixFilePermissions(file, Set.of());
    assumeFalse(Files.isReadable(file), "not run: this user may read everything");

    assertThat(transfer(file).endsWith(1).err()).contains("secret.jsonl");
  }

  @Test
  void aDirectoryIsNoFile() {
    assertThat(transfer(directory).endsWith(1).err()).contains(directory.toString());
  }

  @Test
  void aWrongEndingNamesTheRightOnes() throws IOException {
    Ran ran = transfer(write("posts.xyz", posts(1, 2)));

    assertThat(ran.exitCode()).isIn(1, 2);
    assertThat(ran.err()).contains("posts.xyz").contains(".jsonl").contains(".csv");
  }

  @Test
  void anUnknownSchemeNamesTheKnownOnes() {
    Ran ran = transfer("gopher://example/x").endsWith(2);

    assertThat(ran.err()).contains("gopher").contains("file");
  }

  @Test
  void aNetworkIsToBeHarvestedFirst() {
    Ran ran = sparkpy("explore", "x:search?q=spark").endsWith(2);

    assertThat(ran.err()).contains("sparkpy harvest 'x:search?q=spark'");
  }

  @Test
  void aWordThatIsNoPlaceToHarvestFromIsToldAPlaceThatIs() {
    Ran ran = sparkpy("harvest", "nonsense", target).endsWith(2);

    assertThat(ran.err())
        .contains("nonsense' is a file or a database, and no network is asked there")
        .contains("name a listing such as github:apache/spark/stargazers");
  }

  @Test
  void brokenJsonIsSetAsideWithItsLineAndTheRestIsRead() throws IOException {
    Ran ran = transfer(write("a.jsonl", posts(1, 16) + "{\"record\":\"post\",\n" + posts(18, 30)));

    assertThat(ran.endsWith(3).json().get("written").asLong()).isEqualTo(29);
    assertThat(ran.json().get("quarantined").asLong()).isEqualTo(1);
    assertThat(ran.err()).contains(quarantine.toString());
    hasSetAside(17, "json");
  }

  @Test
  void aRowWithTooManyFieldsIsSetAside() throws IOException {
    Ran ran = transfer(write("a.csv", "id,text\n1,one\n2,two,three\n3,three\n"));

    assertThat(ran.endsWith(3).json().get("written").asLong()).isEqualTo(2);
    hasSetAside(3, "field");
  }

  @Test
  void anUnknownFieldIsKeptInTheRawJson() throws IOException {
    Path file =
        write(
            "a.jsonl",
            "{\"record\":\"post\",\"network\":\"x\",\"id\":\"1\",\"text\":\"t\",\"mood\":\"fine\"}\n");

    assertThat(transfer(file).endsWith(0).json().get("written").asLong()).isEqualTo(1);
    assertThat(Files.readString(target)).contains("mood").contains("fine");
  }

  @Test
  void anEmptyFileHasNothingToMoveAndNothingToAnalyze() throws IOException {
    Path file = write("empty.jsonl", "");

    assertThat(transfer(file).endsWith(0).json().get("read").asLong()).isZero();
    Ran ran = sparkpy("analyze", file, "--out", directory.resolve("out")).endsWith(1);
    assertThat(ran.err()).contains("empty.jsonl").contains("empty");
  }

  @Test
  void oneLineInAHundredMayBeMalformed() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int id = 1; id <= 1_000; id++) {
      lines.append(id % 100 == 0 ? "oops " + id : post(id)).append('\n');
    }

    Ran ran = transfer(write("a.jsonl", lines.toString())).endsWith(3);

    assertThat(ran.json().get("written").asLong()).isEqualTo(990);
    assertThat(Files.readAllLines(quarantine)).hasSize(10);
    hasSetAside(100, "json");
  }

  @Test
  void bytesThatAreNoTextAreSetAsideAsTheyWere() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(posts(1, 1).getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, '"', ':', '1', '}', '\n'});
    bytes.writeBytes(posts(3, 3).getBytes(StandardCharsets.UTF_8));
    Path file = directory.resolve("a.jsonl");
    try (OutputStream out = Files.newOutputStream(file)) {
      bytes.writeTo(out);
    }

    assertThat(transfer(file).endsWith(3).json().get("written").asLong()).isEqualTo(2);
    hasSetAside(2, "utf-8");
  }

  @Test
  void aNulByteStopsNothing() throws IOException {
    Ran ran = transfer(write("a.jsonl", posts(1, 1) + "\0\0\n" + posts(3, 3)));

    assertThat(ran.json().get("written").asLong()).isEqualTo(2);
    ran.endsWith(3);
  }

  @Test
  void aDeadSandboxIsNamed() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    Ran ran =
        sparkpy(
                "harvest",
                "github:apache/repos?endpoint=http://127.0.0.1:" + port,
                target,
                "--quarantine",
                quarantine)
            .endsWith(1);

    assertThat(ran.err()).contains("127.0.0.1:" + port).doesNotContain("\tat ");
  }

  @Test
  void aMissingTablePartIsWrongUsageAndShowsOne() throws IOException {
    Ran ran = sparkpy("transfer", write("a.jsonl", posts(1, 1)), "mongodb://127.0.0.1:1/db");

    assertThat(ran.endsWith(2).err()).contains("mongodb://localhost:27017/social::posts");
  }

  @Test
  void aDeadDatabaseIsNamedWithoutItsPassword() throws IOException {
    Ran ran =
        sparkpy("transfer", write("a.jsonl", posts(1, 1)), "mongodb://me:s3cret@127.0.0.1:1/db::c");

    assertThat(ran.endsWith(1).err()).contains("127.0.0.1:1").doesNotContain("s3cret");
  }

  @Test
  void moreClustersThanPostsAreRefusedWithoutStartingSpark() throws IOException {
    Ran ran = sparkpy("cluster", write("two.jsonl", posts(1, 2)), "--k", 5).endsWith(1);

    assertThat(ran.err()).contains("--k 5").contains("2 posts");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
    Path file = write("file.txt", "");

    Ran ran = sparkpy("analyze", write("a.jsonl", posts(1, 2)), "--out", file.resolve("sub"));

    assertThat(ran.endsWith(1).err()).contains("file.txt");
  }

  @Test
  void keysThatAreMissingAreNamed() {
    assumeFalse(
        Set.of("X_BEARER_TOKEN", "GITHUB_TOKEN", "MEETUP_TOKEN", "SPARKPY_SANDBOX").stream()
            .anyMatch(System.getenv()::containsKey),
        "not run: this environment has keys");

    Ran ran = sparkpy("run", "--live", "--out", directory.resolve("out")).endsWith(1);

    assertThat(ran.err()).contains("X_BEARER_TOKEN", "GITHUB_TOKEN", "MEETUP_TOKEN");
  }
}
