#!/usr/bin/env bash
# JavaCPP's OpenBLAS bindings (openblas 0.3.19-1.5.7, javacpp 1.5.7): what setting the number of threads costs.
#
# A program that calls OpenBLAS from several threads of its own sets one thread before and restores the number after.
# openblas_nolapack.blas_set_num_threads looks for four functions by name in every call, in all libraries that are
# loaded. So one call takes longer than a product of two 128 x 128 matrices, and longer yet in a process that has more
# libraries loaded. blas_get_num_threads does not ask OpenBLAS: it returns what was set through it last, and -1 before
# that.
#
# Seen (linux-x86_64, JDK 17): number before the first set: -1; one set 1.9 ms, one product 0.12 ms, ratio 16; with the
# libraries of ND4J in the process one set takes 3.7 ms.
# Fails if the number before is no longer -1, or if a set is cheaper than a product.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.bytedeco</groupId>
      <artifactId>javacpp</artifactId>
      <version>1.5.7</version>
    </dependency>
    <dependency>
      <groupId>org.bytedeco</groupId>
      <artifactId>javacpp</artifactId>
      <version>1.5.7</version>
      <classifier>linux-x86_64</classifier>
    </dependency>
    <dependency>
      <groupId>org.bytedeco</groupId>
      <artifactId>openblas</artifactId>
      <version>0.3.19-1.5.7</version>
    </dependency>
    <dependency>
      <groupId>org.bytedeco</groupId>
      <artifactId>openblas</artifactId>
      <version>0.3.19-1.5.7</version>
      <classifier>linux-x86_64</classifier>
    </dependency>
  </dependencies>
</project>
POM
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile=classpath

cat > Threads.java <<'JAVA'
import static org.bytedeco.openblas.global.openblas_nolapack.*;

import org.bytedeco.javacpp.FloatPointer;

public class Threads {
  static final int N = 128;
  static final FloatPointer A = new FloatPointer((long) N * N);
  static final FloatPointer B = new FloatPointer((long) N * N);
  static final FloatPointer C = new FloatPointer((long) N * N);

  static void product() {
    cblas_sgemm(CblasColMajor, CblasNoTrans, CblasNoTrans, N, N, N, 1f, A, N, B, N, 0f, C, N);
  }

  /** Microseconds that one takes: the least of five means. */
  static double micros(int times, Runnable what) {
    double least = Double.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < times; i++) {
        what.run();
      }
      least = Math.min(least, (System.nanoTime() - start) / 1000.0 / times);
    }
    return least;
  }

  public static void main(String[] arguments) {
    A.zero();
    B.zero();
    product();
    int before = blas_get_num_threads();
    blas_set_num_threads(1);
    double set = micros(200, () -> blas_set_num_threads(1));
    double product = micros(200, Threads::product);
    System.out.printf("threads before the first set: %d%n", before);
    System.out.printf("one set: %.1f us, one product of 128 x 128: %.1f us, ratio %.1f%n", set, product, set / product);
    System.exit(before == -1 && set > product ? 0 : 1);
  }
}
JAVA
javac -cp "$(cat classpath)" Threads.java
java -cp "$(cat classpath):." Threads
