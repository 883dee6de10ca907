/** A name of JUnit 4, which is on no class path, for a library that has it as a supertype. */
@NullMarked
package org.junit.rules;

import org.jspecify.annotations.NullMarked;
