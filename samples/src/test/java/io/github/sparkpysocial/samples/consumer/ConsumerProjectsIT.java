package io.github.sparkpysocial.samples.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Projects of consumers, outside the repository, with nothing but what {@code README.md}, {@code
 * docs/project.md} and {@code docs/testkit.md} tell. Each has a POM without a parent; one run of
 * Maven builds them all.
 */
@SuppressWarnings("NullAway.Init") // set before the tests
class ConsumerProjectsIT {
  /** Versions of plugins as this build has them; those that an old Maven brings are too old. */
  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>org.example</groupId>
        <artifactId>%s</artifactId>
        <version>1</version>
        <packaging>%s</packaging>
        <properties>
          <maven.compiler.release>17</maven.compiler.release>
          <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
        </properties>
        %s
        <build>
          <plugins>
            <plugin>
              <artifactId>maven-resources-plugin</artifactId>
              <version>3.3.1</version>
            </plugin>
            <plugin>
              <artifactId>maven-compiler-plugin</artifactId>
              <version>3.13.0</version>
            </plugin>
            <plugin>
              <artifactId>maven-surefire-plugin</artifactId>
              <version>3.5.3</version>
            </plugin>
            <plugin>
              <artifactId>maven-dependency-plugin</artifactId>
              <version>3.8.1</version>
              <executions>
                <execution>
                  <phase>test</phase>
                  <goals><goal>build-classpath</goal></goals>
                  <configuration>
                    <outputFile>${project.build.directory}/classpath</outputFile>
                  </configuration>
                </execution>
              </executions>
            </plugin>
          </plugins>
        </build>
      </project>
      """;

  private static final String TEST =
      """
      import static org.assertj.core.api.Assertions.assertThat;

      import io.github.sparkpysocial.testkit.community.Community;
      import io.github.sparkpysocial.testkit.sandbox.Fault;
      import io.github.sparkpysocial.testkit.sandbox.Sandbox;
      import io.github.sparkpysocial.testkit.sandbox.SandboxExtension;
      import io.github.sparkpysocial.testkit.time.SettableClock;
      import java.io.IOException;
      import java.net.URI;
      import java.net.http.HttpClient;
      import java.net.http.HttpRequest;
      import java.net.http.HttpResponse;
      import java.time.Duration;
      import org.junit.jupiter.api.Test;
      import org.junit.jupiter.api.extension.RegisterExtension;

      class LimitTest {
      %s
      %s
      }
      """;

  /** What each module brings by its own account: artifacts, without versions. */
  private static final Map<String, Set<String>> BRINGS =
      Map.of(
          "sparkpy-social-core", Set.of(),
          "sparkpy-social-connectors", Set.of("sparkpy-social-core", "github-api"),
          "sparkpy-social-ml", Set.of("sparkpy-social-core"),
          "sparkpy-social-streaming", Set.of("sparkpy-social-core", "sparkpy-social-ml"),
          "sparkpy-social-viz",
              Set.of("sparkpy-social-core", "echarts", "leaflet", "rhino", "jsvg"),
          "sparkpy-social-testkit",
              Set.of("sparkpy-social-core", "junit-jupiter-api", "assertj-core"));

  private static final Set<String> OF_CORE =
      Set.of("jackson-databind", "twitter-text", "slf4j-api", "jspecify");

  /** What those may bring in their turn. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "jackson-core",
          "jackson-annotations",
          "jackson-dataformat-yaml",
          "snakeyaml",
          "commons-io",
          "commons-lang3",
          "junit-platform-commons",
          "opentest4j",
          "apiguardian-api",
          "byte-buddy");

  @TempDir private static Path directory;
  private static ConsumerMaven maven;
  private static String said;

  @BeforeAll
  static void buildThem() throws IOException, InterruptedException {
    maven = new ConsumerMaven(directory);
    Page page = Page.of("docs/project.md");
    String bom = Page.of("README.md").xml("dependencyManagement");
    program(page, bom, "collect", "Collect");
    program(page, bom, "draw", "Draw");
    program(page, bom, "learn", "Learn");
    Path tests = project("test", bom + page.block("consumer: test dependencies"));
    Page testkit = Page.of("docs/testkit.md");
    Files.writeString(
        Files.createDirectories(tests.resolve("src/test/java")).resolve("LimitTest.java"),
        TEST.formatted(testkit.block("snippet: wait"), testkit.block("snippet: client")));
    StringBuilder all = new StringBuilder();
    for (String module : Published.MODULES) {
      all.append("<dependency><groupId>").append(Published.GROUP).append("</groupId><artifactId>");
      all.append(module).append("</artifactId></dependency>");
    }
    String spark =
        page.block("consumer: learn dependencies")
            .replaceFirst("(?s)<dependencies>\\s*<dependency>.*?</dependency>", "");
    project("all", bom + "<dependencies>" + all + "</dependencies>");
    project("spark", "<dependencies>" + spark);
    project("cluster", bom + "<dependencies>" + all + spark);
    String modules =
        Stream.of("collect", "draw", "learn", "test", "all", "spark", "cluster")
            .map(module -> "<module>" + module + "</module>")
            .collect(Collectors.joining());
    Files.writeString(
        directory.resolve("pom.xml"),
        POM.formatted("consumers", "pom", "<modules>" + modules + "</modules>"));

    said = maven.run("test");
  }

  private static void program(Page page, String bom, String project, String program)
      throws IOException {
    Path home = project(project, bom + page.block("consumer: " + project + " dependencies"));
    Files.writeString(
        Files.createDirectories(home.resolve("src/main/java")).resolve(program + ".java"),
        page.block("consumer: " + project + " " + program));
  }

  private static Path project(String name, String body) throws IOException {
    Path home = Files.createDirectory(directory.resolve(name));
    Files.writeString(home.resolve("pom.xml"), POM.formatted("consumer-" + name, "jar", body));
    return home;
  }

  @Test
  void collectsWithoutSpark() throws Exception {
    Path posts = directory.resolve("posts.jsonl");
    Path ledger = directory.resolve("ledger.json");
    String[] run = {"Collect", "bluesky:search?q=spark", posts.toString(), ledger.toString()};
    String first;
    String second;
    try (Sandbox sandbox = Sandbox.start(Community.builder().seed(42).posts(600).build())) {
      first = maven.java("collect", sandbox.environment(), run);
      second = maven.java("collect", sandbox.environment(), run);
      assertThat(sandbox.violations()).isEmpty();
    }

    long lines = Files.readAllLines(posts).size();
    assertThat(lines).isGreaterThan(20);
    assertThat(first).contains(lines + " new, complete: true");
    assertThat(second).contains("0 new, complete: true");
    assertThat(maven.classPath("collect")).doesNotContain("spark-sql", "scala", "hadoop");
  }

  @Test
  void drawsWithoutSpark() throws Exception {
    Path text = directory.resolve("text.txt");
    Files.writeString(text, "streams of posts\nposts about streams\nstreams again\n");
    for (String ending : List.of("svg", "png", "html")) {
      maven.java("draw", Map.of(), "Draw", text.toString(), directory + "/cloud." + ending);
    }

    assertThat(directory.resolve("cloud.svg")).content().contains("streams", "What is said");
    assertThat(Files.readAllBytes(directory.resolve("cloud.png"))).startsWith(0x89, 'P', 'N', 'G');
    assertThat(directory.resolve("cloud.html")).content().contains("streams", "<title>");
    assertThat(maven.classPath("draw")).doesNotContain("spark-sql", "scala", "hadoop");
  }

  @Test
  void learnsWithSparkProvided() throws Exception {
    Path posts = directory.resolve("posts.csv");
    StringBuilder rows = new StringBuilder("id,text\n");
    List<String> texts =
        List.of(
            "streaming joins with watermarks",
            "the harvest of olives",
            "trains to the coast",
            "a recipe for bread");
    for (int i = 0; i < 40; i++) {
      rows.append(i).append(',').append(texts.get(i % 4)).append(" no ").append(i).append('\n');
    }
    Files.writeString(posts, rows);

    String out =
        maven.java(
            "learn",
            Map.of(),
            "-Dspark.master=local[2]",
            "-Dspark.ui.enabled=false",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "Learn",
            posts.toString());

    assertThat(out.lines().filter(line -> line.matches("10 posts: \\[.*]"))).hasSize(4);
    assertThat(out).contains("watermarks", "olives", "coast", "bread");
  }

  @Test
  void testsItsClientInJUnit() {
    assertThat(said).contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0");
    assertThat(directory.resolve("test/target/surefire-reports/LimitTest.txt"))
        .content()
        .contains("Tests run: 1, Failures: 0");
  }

  @Test
  void importsOneVersionOfEachModule() throws Exception {
    String classPath = maven.classPath("all");

    assertThat(Published.MODULES)
        .allSatisfy(
            module -> assertThat(classPath).contains(module + "-" + Published.version() + ".jar"));
    assertThat(classPath).doesNotContain("spark-sql", "scala-library", "hadoop", "kafka");
  }

  @Test
  void bringsNoClassTwiceAndNoOtherVersionBesideSpark() throws Exception {
    ClassPath spark = ClassPath.of(maven.classPath("spark"));
    ClassPath cluster = ClassPath.of(maven.classPath("cluster"));

    assertThat(spark.jars()).hasSizeGreaterThan(100);
    assertThat(cluster.jars()).containsAllEntriesOf(spark.jars());
    assertThat(cluster.jars().keySet().stream().map(Path::getFileName).map(Path::toString))
        .containsAll(Published.MODULES);
    // Spark's own jars share classes among themselves: all of ORC's, half of Parquet's.
    assertThat(cluster.clashesBeside(spark)).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("io.github.sparkpysocial.samples.consumer.Published#MODULES")
  void bringsToAClusterWhatTheModuleNeedsAndNothingOfSpark(String module) throws Exception {
    Path ivy = Files.createDirectories(directory.resolve("packages"));

    Set<String> brought = new SparkPackages(ivy, maven.repositories()).of(module);

    Set<String> own = BRINGS.getOrDefault(module, Set.of());
    assertThat(brought).contains(module).containsAll(OF_CORE).containsAll(own);
    brought.removeAll(own);
    brought.removeAll(OF_CORE);
    brought.removeAll(OF_OTHERS);
    assertThat(brought).containsExactly(module);
  }
}
