/** Scenes as ND4J arrays and back, for programs that compute with ND4J. */
package da3.nn.nd4j.scene;
