/** Low-rank adapters (LoRA): settings, merging, and files in the layout of the PEFT library. */
package da3.train.lora;
