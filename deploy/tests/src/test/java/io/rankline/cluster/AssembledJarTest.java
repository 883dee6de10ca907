package io.rankline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the assembled jar, and what is not. */
class AssembledJarTest {

  /**
   * Half of what libnd4j alone takes would do for a promise; this one notices a second platform.
   */
  private static final long LARGEST_BYTES = 150_000_000;

  /** Jars of the class path that neither Spark brings nor the assembled jar holds, and why. */
  private static final Set<String> LEFT_OUT = Set.of("fastutil");

  private static Path jar = Path.of("");
  private static Set<String> entries = Set.of();

  @BeforeAll
  static void read() {
    jar = Built.assembledJar();
    entries = entries(jar);
  }

  @Test
  void noClassOfItIsAlsoOneOfSpark() {
    Set<String> twice = new HashSet<>();
    for (Path other : Built.sparkJars()) {
      entries(other).stream()
          .filter(AssembledJarTest::isClass)
          .filter(entries::contains)
          .forEach(twice::add);
    }

    assertThat(twice).isEmpty();
  }

  @Test
  void everyJarThatSparkDoesNotBringIsInIt() {
    Set<String> ofSpark =
        Built.sparkJars().stream().map(AssembledJarTest::nameOf).collect(Collectors.toSet());
    List<String> missing = new ArrayList<>();
    for (Path other : Built.applicationJars()) {
      String name = nameOf(other);
      boolean holds =
          entries(other).stream()
              .filter(AssembledJarTest::isClass)
              .map(AssembledJarTest::relocated)
              .allMatch(type -> entries.contains(type) || type.startsWith("javax/annotation/"));
      if (!ofSpark.contains(name) && !holds && !LEFT_OUT.contains(name.replaceAll("-\\d.*", ""))) {
        missing.add(name);
      }
    }

    assertThat(missing)
        .as("add them to the artifactSet of the assembled jar in spark-app/pom.xml")
        .isEmpty();
  }

  @Test
  void protobufAndGsonHaveAnotherNameThanThoseOfHive() {
    assertThat(entries)
        .contains("io/rankline/shaded/protobuf/Message.class")
        .noneMatch(name -> name.startsWith("com/google/protobuf/"))
        .noneMatch(name -> name.startsWith("com/google/gson/"));
  }

  @Test
  void servicesOfAllJarsAreInIt() throws IOException {
    assertThat(text("META-INF/services/org.apache.spark.sql.sources.DataSourceRegister"))
        .contains("io.rankline.spark.source.");
    assertThat(text("META-INF/services/org.nd4j.linalg.factory.Nd4jBackend"))
        .contains("org.nd4j.linalg.cpu.nativecpu.CpuBackend");
  }

  @Test
  void itHasNativesOfOnePlatformOnly() {
    Set<String> platforms =
        entries.stream()
            .filter(name -> name.startsWith("org/bytedeco/") || name.startsWith("org/nd4j/"))
            .filter(name -> name.matches(".*/(linux|macosx|windows|android|ios)-[^/]+/.*"))
            .map(name -> name.replaceAll(".*/((linux|macosx|windows|android|ios)-[^/]+)/.*", "$1"))
            .collect(Collectors.toSet());

    assertThat(platforms).hasSize(1);
  }

  @Test
  void itIsNotSignedAndTellsItsLicence() throws IOException {
    assertThat(entries)
        .noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|DSA|RSA)"))
        .contains("META-INF/NOTICE");
    assertThat(text("META-INF/LICENSE")).contains("Apache License");
  }

  @Test
  void itIsNotLargerThanStated() throws IOException {
    assertThat(Files.size(jar)).isBetween(50_000_000L, LARGEST_BYTES);
  }

  private static boolean isClass(String name) {
    return name.endsWith(".class")
        && !name.endsWith("module-info.class")
        && !name.startsWith("META-INF/");
  }

  private static String relocated(String type) {
    return type.replaceFirst("^com/google/(protobuf|gson)/", "io/rankline/shaded/$1/");
  }

  private static String nameOf(Path path) {
    return Objects.requireNonNull(path.getFileName()).toString();
  }

  private static Set<String> entries(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.stream().map(ZipEntry::getName).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String name) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry = Objects.requireNonNull(zip.getEntry(name), name);
      return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
