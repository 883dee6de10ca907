package org.junit.rules;

/**
 * What okhttp's MockWebServer extends, so that it can be a rule of JUnit 4; here it is started and
 * stopped by hand.
 */
public abstract class ExternalResource {

  /** For subclasses. */
  protected ExternalResource() {}

  /** Called before a test of JUnit 4. */
  protected void before() throws Throwable {}

  /** Called after a test of JUnit 4. */
  protected void after() {}
}
