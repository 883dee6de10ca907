package io.rankline.compiled;

import java.util.Optional;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether functions that the build compiled from C can be used. */
public final class CompiledCode {

  /** Set to false, this system property leaves all arithmetic to Java. */
  public static final String PROPERTY = "rankline.compiled";

  private static final Logger log = LoggerFactory.getLogger(CompiledCode.class);

  private CompiledCode() {}

  /** Whether it may be used. */
  public static boolean isWanted() {
    return !System.getProperty(PROPERTY, "true").equals("false");
  }

  /**
   * Bits of the vectors that a library computes in. Empty where it is not in the jar, as the jar
   * was built without a C compiler or for another platform, where it is of another version, or
   * where the processor lacks AVX2.
   *
   * @param what is computed, for the log
   * @param version the one that the caller speaks
   * @param ofLibrary the function that says which one the library speaks; loads it
   * @param bits the function that says what the processor has, 0 for none that will do
   */
  public static Optional<Integer> vectorBits(
      String what, int version, IntSupplier ofLibrary, IntSupplier bits) {
    Optional<Integer> found = ability(what + " computed in Java", version, ofLibrary, bits);
    found.ifPresent(
        available ->
            log.info("{} computed by compiled arithmetic, in vectors of {} bits", what, available));
    return found;
  }

  /**
   * What a library says that it can do here. Empty where it is not in the jar, is of another
   * version, or the processor lacks what it needs.
   *
   * @param otherwise what happens without it, for the log
   * @param version the one that the caller speaks
   * @param ofLibrary the function that says which one the library speaks; loads it
   * @param ask the function that says what it can do, 0 for nothing
   */
  public static Optional<Integer> ability(
      String otherwise, int version, IntSupplier ofLibrary, IntSupplier ask) {
    try {
      int found = ofLibrary.getAsInt();
      if (found != version) {
        log.warn("the compiled arithmetic is of version {}, not {}; {}", found, version, otherwise);
        return Optional.empty();
      }
      int available = ask.getAsInt();
      return available == 0 ? Optional.empty() : Optional.of(available);
    } catch (LinkageError e) {
      log.info("{}: there is no compiled arithmetic, {}", otherwise, e.getMessage());
      return Optional.empty();
    }
  }
}
