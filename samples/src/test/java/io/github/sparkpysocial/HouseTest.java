package io.github.sparkpysocial;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.Console;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/** The rules of the house, each with its reason. */
@AnalyzeClasses(
    packages = "io.github.sparkpysocial",
    importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {
  private static final String ROOT = "io.github.sparkpysocial";
  private static final String[] CORE = {
    ROOT,
    ROOT + ".model..",
    ROOT + ".place..",
    ROOT + ".text..",
    ROOT + ".http..",
    ROOT + ".limit..",
    ROOT + ".client..",
    ROOT + ".live..",
    ROOT + ".harvest..",
    ROOT + ".store..",
    ROOT + ".transfer..",
    ROOT + ".spi..",
    ROOT + ".internal.."
  };
  private static final String CONNECTORS = ROOT + ".connectors..";
  private static final String ML = ROOT + ".ml..";
  private static final String FRAME = ROOT + ".ml.frame..";
  private static final String FEATURE = ROOT + ".ml.feature..";
  private static final String STREAMING = ROOT + ".streaming..";
  private static final String VIZ = ROOT + ".viz..";
  private static final String TESTKIT = ROOT + ".testkit..";
  private static final String SAMPLES = ROOT + ".samples..";
  private static final DescribedPredicate<JavaClass> ANY_SPARK =
      resideInAnyPackage("org.apache.spark..", "scala..", "org.apache.hadoop..");

  /** What is nested in a class that is not public cannot be reached, even if it is public. */
  private static final DescribedPredicate<JavaClass> REACHABLE =
      DescribedPredicate.describe(
          "are public, and all around them, too",
          one -> {
            Optional<JavaClass> at = Optional.of(one);
            while (at.isPresent() && at.get().getModifiers().contains(JavaModifier.PUBLIC)) {
              at = at.get().getEnclosingClass();
            }
            return at.isEmpty();
          });

  @ArchTest
  static void everyClassHasARoom(JavaClasses house) {
    classes()
        .should()
        .resideInAnyPackage(concat(CORE, CONNECTORS, ML, STREAMING, VIZ, TESTKIT, SAMPLES))
        .because("a reader looks for each thing in one obvious room")
        .check(house);
  }

  @ArchTest
  static void coreStandsAlone(JavaClasses house) {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CONNECTORS, ML, STREAMING, VIZ, TESTKIT, SAMPLES)
        .because("arrows point towards core")
        .check(house);
  }

  @ArchTest
  static void harvestingAndDrawingNeedNoSpark(JavaClasses house) {
    noClasses()
        .that()
        .resideInAnyPackage(concat(CORE, CONNECTORS, VIZ))
        .should()
        .dependOnClassesThat(ANY_SPARK)
        .because("harvesting and drawing run, and are tested, without Spark")
        .check(house);
  }

  @ArchTest
  static void neighboursDoNotSeeEachOther(JavaClasses house) {
    noClasses()
        .that()
        .resideInAPackage(CONNECTORS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ML, STREAMING, VIZ, TESTKIT, SAMPLES)
        .because("connectors, ml and viz hand each other plain records only")
        .check(house);
  }

  @ArchTest
  static void mlSeesNeitherNetworksNorPictures(JavaClasses house) {
    noClasses()
        .that()
        .resideInAPackage(ML)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CONNECTORS, STREAMING, VIZ, TESTKIT, SAMPLES)
        .because("connectors, ml and viz hand each other plain records only")
        .check(house);
  }

  @ArchTest
  static void vizDrawsPlainRecords(JavaClasses house) {
    noClasses()
        .that()
        .resideInAPackage(VIZ)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CONNECTORS, ML, STREAMING, TESTKIT, SAMPLES)
        .because("a picture can be drawn of anything, not only of what we computed")
        .check(house);
  }

  @ArchTest
  static void streamingUsesFramesAndFeaturesAlone(JavaClasses house) {
    noClasses()
        .that()
        .resideInAPackage(STREAMING)
        .should()
        .dependOnClassesThat(
            resideInAPackage(ML)
                .and(DescribedPredicate.not(resideInAnyPackage(FRAME, FEATURE)))
                .or(resideInAnyPackage(CONNECTORS, VIZ, TESTKIT, SAMPLES)))
        .because("a stream has the schema and the tokens of a batch, and nothing else of it")
        .check(house);
  }

  @ArchTest
  static void nobodyUsesTheSamples(JavaClasses house) {
    noClasses()
        .that()
        .resideOutsideOfPackage(SAMPLES)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(SAMPLES)
        .because("samples show the library, they are not part of it")
        .check(house);
  }

  @ArchTest
  static void theTestkitServesEveryone(JavaClasses house) {
    noClasses()
        .that()
        .resideInAPackage(TESTKIT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CONNECTORS, ML, STREAMING, VIZ, SAMPLES)
        .because("the sandbox speaks the networks' protocols, not our clients' classes")
        .check(house);
  }

  @ArchTest
  static void internalsOfCoreStayInCore(JavaClasses house) {
    noClasses()
        .that()
        .resideOutsideOfPackages(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".internal..")
        .because("what two rooms of a module share is no promise to anybody else")
        .check(house);
  }

  @ArchTest
  static void internalsOfVizStayInViz(JavaClasses house) {
    noClasses()
        .that()
        .resideOutsideOfPackage(VIZ)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".viz.internal..")
        .because("what two rooms of a module share is no promise to anybody else")
        .check(house);
  }

  @ArchTest
  static void internalsOfStreamingStayInStreaming(JavaClasses house) {
    noClasses()
        .that()
        .resideOutsideOfPackage(STREAMING)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".streaming.internal..")
        .because("what two rooms of a module share is no promise to anybody else")
        .check(house);
  }

  @ArchTest
  static void internalsOfConnectorsStayInConnectors(JavaClasses house) {
    noClasses()
        .that()
        .resideOutsideOfPackage(CONNECTORS)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".connectors.internal..")
        .because("what two rooms of a module share is no promise to anybody else")
        .check(house);
  }

  @ArchTest
  static void foreignTypesStayInside(JavaClasses house) {
    methods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAnyPackage(concat(CORE, CONNECTORS, VIZ, TESTKIT))
        .and()
        .arePublic()
        .and()
        .areDeclaredInClassesThat(REACHABLE)
        .and()
        .areDeclaredInClassesThat()
        .resideOutsideOfPackage("..internal..")
        .should(
            notMention(
                resideInAnyPackage(
                    "com.fasterxml..",
                    "org.kohsuke..",
                    "twitter4j..",
                    "com.twitter..",
                    "com.mongodb..",
                    "org.bson..",
                    "org.mozilla..",
                    "com.github.weisj..")))
        .because("a user's own version of that library must not break against our signatures")
        .check(house);
  }

  @ArchTest
  static void librariesReadAnInjectedClock(JavaClasses house) {
    noClasses()
        .that()
        .resideOutsideOfPackage(SAMPLES)
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .because("a test moves the clock; the same input gives the same result")
        .check(house);
  }

  @ArchTest
  static void librariesLogBySlf4j(JavaClasses house) {
    noClasses()
        .that()
        .resideOutsideOfPackage(SAMPLES)
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Console.class)
        .because("standard output belongs to the application")
        .check(house);
  }

  @ArchTest
  static void packagesAreNullMarked(JavaClasses imported) {
    List<String> unmarked = new ArrayList<>();
    for (JavaClass type : imported) {
      if (type.getPackage().getClasses().stream()
              .noneMatch(c -> c.getSimpleName().equals("package-info"))
          || !type.getPackage().isAnnotatedWith(NullMarked.class)) {
        unmarked.add(type.getPackageName());
      }
    }
    assertThat(unmarked.stream().distinct())
        .as("packages without @NullMarked, where NullAway checks nothing")
        .isEmpty();
  }

  private static ArchCondition<JavaMethod> notMention(DescribedPredicate<JavaClass> foreign) {
    return new ArchCondition<>("not mention a foreign type") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        List<JavaClass> mentioned = new ArrayList<>(method.getRawParameterTypes());
        mentioned.add(method.getRawReturnType());
        for (JavaClass type : mentioned) {
          if (foreign.test(type)) {
            events.add(
                SimpleConditionEvent.violated(
                    method, method.getFullName() + " mentions " + type.getName()));
          }
        }
      }
    };
  }

  private static String[] concat(String[] first, String... others) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(others));
    return all.toArray(String[]::new);
  }
}
