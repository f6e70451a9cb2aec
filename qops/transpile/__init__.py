"""The slice that asks whether compilation became worse: its gate, and what the gate can see."""
