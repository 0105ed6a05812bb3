/** Global descriptors of images for place recognition (SALAD), whose weights the user provides as a file. */
package da3.streaming.salad;
