/** Loops: frames that show again what an earlier window has seen. */
package da3.streaming.loop;
