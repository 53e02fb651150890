/** What identity providers send, over real HTTP: transcripts of whole cycles as data, and what their users complain about. */
@NullMarked
package dev.muster.transcripts;

import org.jspecify.annotations.NullMarked;
