package dev.langchain4j.rerank.examples;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.util.Map;

/** Which language model writes the answers: a real one if the environment names one, else a stand-in. */
final class ChatModels {

    private ChatModels() {}

    /**
     * OpenAI with {@code OPENAI_API_KEY} (and {@code OPENAI_MODEL}), Ollama with {@code OLLAMA_BASE_URL} (and
     * {@code OLLAMA_MODEL}), else {@link ExtractiveChatModel}.
     */
    static ChatModel from(Map<String, String> environment) {
        String key = environment.get("OPENAI_API_KEY");
        if (key != null && !key.isBlank()) {
            return OpenAiChatModel.builder()
                    .apiKey(key)
                    .modelName(environment.getOrDefault("OPENAI_MODEL", "gpt-4o-mini"))
                    .build();
        }
        String ollama = environment.get("OLLAMA_BASE_URL");
        if (ollama != null && !ollama.isBlank()) {
            // Ollama speaks OpenAI's protocol below /v1 and ignores the key.
            return OpenAiChatModel.builder()
                    .baseUrl(ollama.replaceAll("/+$", "") + "/v1")
                    .apiKey("ollama")
                    .modelName(environment.getOrDefault("OLLAMA_MODEL", "llama3.2"))
                    .build();
        }
        return new ExtractiveChatModel();
    }
}
