package io.rankline.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Prints the figures of a built checkout's structure. Of each package: boxes, its top-level types;
 * arrows, which of them use which in the same package; and lines. Of the whole: packages in
 * circles, lines, and public types that no other package of main uses.
 *
 * <p>Uses are those of the byte code: not constants, which the compiler copies, nor annotations of
 * record components.
 */
public final class Structure {

  private static final List<String> MODULES = List.of("ranking-lib", "spark-app");
  private static final String ROOT = "io.rankline.";

  private final Path checkout;

  /** Lines of every top-level type of main, by its name. */
  private final SortedMap<String, Long> lines = new TreeMap<>();

  private final SortedMap<String, SortedSet<String>> usesOfTypes = new TreeMap<>();
  private final SortedMap<String, SortedSet<String>> usesOfPackages = new TreeMap<>();
  private final SortedSet<String> isPublic = new TreeSet<>();

  private Structure(Path checkout) {
    this.checkout = checkout;
  }

  /** Prints the figures of the checkouts in these folders; their classes must be compiled. */
  public static void main(String[] checkouts) throws IOException {
    for (String checkout : checkouts) {
      Structure structure = new Structure(Path.of(checkout));
      structure.read();
      structure.print(System.out);
    }
  }

  private void read() throws IOException {
    List<Path> classes = new ArrayList<>();
    for (String module : MODULES) {
      Path sources = checkout.resolve(module).resolve("src/main/java");
      for (Path file : javaFiles(sources)) {
        String name = sources.relativize(file).toString().replace('/', '.');
        if (!name.endsWith("package-info.java")) {
          lines.put(name.substring(0, name.length() - ".java".length()), linesOf(file));
        }
      }
      classes.add(checkout.resolve(module).resolve("target/classes"));
    }
    JavaClasses all = new ClassFileImporter().importPaths(classes);
    for (JavaClass type : all) {
      String from = topLevel(type);
      if (!lines.containsKey(from)) {
        continue; // made by protoc
      }
      if (type.getName().equals(from) && type.getModifiers().contains(JavaModifier.PUBLIC)) {
        isPublic.add(from);
      }
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String to = topLevel(dependency.getTargetClass().getBaseComponentType());
        if (lines.containsKey(to) && !to.equals(from)) {
          usesOfTypes.computeIfAbsent(from, key -> new TreeSet<>()).add(to);
          usesOfPackages
              .computeIfAbsent(packageOf(from), key -> new TreeSet<>())
              .add(packageOf(to));
        }
      }
    }
  }

  private void print(PrintStream out) throws IOException {
    SortedMap<String, long[]> rows = new TreeMap<>();
    lines.forEach(
        (type, count) -> {
          long[] row = rows.computeIfAbsent(packageOf(type), key -> new long[3]);
          row[0]++;
          row[1] +=
              usesOf(type).stream().filter(to -> packageOf(to).equals(packageOf(type))).count();
          row[2] += count;
        });
    out.printf("%-36s %6s %6s %6s%n", "package of io.rankline", "boxes", "arrows", "lines");
    rows.forEach(
        (name, row) ->
            out.printf(
                "%-36s %6d %6d %6d%n", name.substring(ROOT.length()), row[0], row[1], row[2]));
    Set<String> used = new HashSet<>();
    usesOfTypes.forEach(
        (from, targets) ->
            targets.stream()
                .filter(to -> !packageOf(to).equals(packageOf(from)))
                .forEach(used::add));
    List<String> unused = isPublic.stream().filter(type -> !used.contains(type)).toList();
    out.printf("packages in circles: %s%n", circles());
    out.printf("lines of main: %d, of test: %d%n", sum(lines), testLines());
    out.printf("types: %d, public: %d%n", lines.size(), isPublic.size());
    out.printf("public, unused outside their package: %d%n", unused.size());
    unused.forEach(type -> out.println("  " + type.substring(ROOT.length())));
  }

  /** Packages that reach themselves by way of another. */
  private SortedSet<String> circles() {
    SortedSet<String> circles = new TreeSet<>();
    for (String start : usesOfPackages.keySet()) {
      Set<String> reached = new HashSet<>();
      List<String> next = new ArrayList<>(List.of(start));
      while (!next.isEmpty()) {
        String from = next.remove(next.size() - 1);
        for (String to : usesOfPackages.getOrDefault(from, new TreeSet<>())) {
          if (!to.equals(from) && to.equals(start)) {
            circles.add(start);
          } else if (reached.add(to)) {
            next.add(to);
          }
        }
      }
    }
    return circles;
  }

  private SortedSet<String> usesOf(String type) {
    return usesOfTypes.getOrDefault(type, new TreeSet<>());
  }

  private long testLines() throws IOException {
    long count = 0;
    for (String module : List.of("ranking-lib", "spark-app", "deploy/tests")) {
      for (Path file : javaFiles(checkout.resolve(module).resolve("src/test/java"))) {
        count += linesOf(file);
      }
    }
    return count;
  }

  private static long sum(SortedMap<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String topLevel(JavaClass type) {
    String name = type.getName();
    return name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
  }

  private static String packageOf(String type) {
    return type.substring(0, type.lastIndexOf('.'));
  }

  private static List<Path> javaFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static long linesOf(Path file) {
    try (Stream<String> content = Files.lines(file)) {
      return content.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
